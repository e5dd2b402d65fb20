# METADATA
# scope: package
# title: "Port {port} is wanted twice: by {unit} of the companion and by {native}"
# description: |
#  The companion has the network of the host. {native} of NixOS listens on port {port}, and
#  {unit} in the companion would, too: whoever comes second fails, which may be another one
#  after each start.
# custom:
#  id: PVE-CMP-003
#  kind: pitfall
#  category: service
#  severity: major
#  component: companion
#  account: none
#  workaround: |
#   Leave one of them out: `units: {"{unit}": {drop: "why"}}` in the answers, or no
#   `bridges: {webui: "yes"}` where Proxmox VE's interface runs on NixOS itself; or give
#   the one in the companion another port in its configuration.
#  test:
#   before: |
#    `ss -tlnp 'sport = :{port}'` on PVE prints the program of {unit}.
#   after: |
#    `journalctl -M companion -u {unit} -g 'in use'` prints nothing.
#  phase: run
#  sources:
#   - https://man7.org/linux/man-pages/man2/bind.2.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-nspawn.html#Networking%20Options
package rules.bridges.companion_ports

import data.lib.companion
import data.lib.facts

_taken[port] := native if some port, native in data.catalog.companion_taken_ports.all

_taken[port] := native if some port, native in data.catalog.companion_taken_ports[data.target]

findings contains {"at": [u.at], "vars": {"port": port, "unit": name, "native": native}} if {
	companion.exists
	some name, u in companion.units
	some port in u.entry.ports
	native := _taken[format_int(port, 10)]
}

# Its interface runs on NixOS, and is wanted in the companion.
findings contains {"at": [facts.units[name].at], "vars": {"port": port, "unit": name, "native": native}} if {
	companion.asked
	some name in facts.in_use
	entry := data.catalog.companion_units[name]
	entry.asked
	not companion.units[name]
	some port in entry.ports
	native := _taken[format_int(port, 10)]
}
