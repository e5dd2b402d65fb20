# METADATA
# scope: package
# title: A service runs out of somebody's login
# description: |
#  {services} accepts connections and belongs to no unit of the system: it was
#  started by hand, in screen or tmux, or in a user's own session. It is in no file
#  that a conversion can follow. It ends with the shutdown of PVE and nobody
#  remembers it until it is missed.
# custom:
#  id: PVE-NET-060
#  kind: pitfall
#  category: service
#  severity: minor
#  component: services
#  equivalent: systemd.services
#  account: none
#  workaround: |
#   Ask whose it is. Write a unit for it on PVE and capture again, or
#   systemd.services.NAME with its command on NixOS.
#  test:
#   before: |
#    `ss -ltnup` on PVE prints the program, `systemctl status PID` a session instead
#    of a service.
#   after: |
#    `systemctl status PID` of the listening process prints a service in the trial
#    boot, or `ss -ltnup` no such port.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.scope.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.network.session_listeners

import data.lib.facts
import data.lib.network

_found contains {"at": sprintf("/network/listeners/%d", [i]), "text": sprintf("%s on port %d/%s", [object.get(l, "program", "a program"), l.port, l.protocol])} if {
	some i, l in input.network.listeners
	regex.match(`^(session-[^/]*\.scope|tmux-spawn-[^/]*\.scope|run-[^/]*\.scope|user@.*)$`, l.unit)
	not network.loopback(l.address)
	not l.program == "sshd"
	not l.program == "sshd-session"
}

findings contains {"at": sort([f.at | some f in _found]), "vars": {"services": concat(", ", sort({f.text | some f in _found}))}} if {
	"network.listeners" in facts.known
	count(_found) > 0
}
