# METADATA
# scope: package
# title: Commands that run with an interface
# description: |
#  {interface} runs commands when it goes up or down, and they have no plain
#  translation ({count} in all): {command}. systemd-networkd runs no commands. The bridge network
#  runs them by a service where each is of a known form (ip link, tc, bridge, modprobe) or
#  a script of this host; else whatever they set is not there after the boot. What a
#  script calls may have another path.
# custom:
#  id: PVE-NET-007
#  kind: gap
#  category: configuration
#  severity: major
#  component: up, post-up and down lines
#  equivalent: a systemd service bound to the device
#  account: review
#  workaround: |
#   Write a service: systemd.services.NAME with after and bindsTo
#   sys-subsystem-net-devices-IFACE.device, wantedBy multi-user.target, Type
#   oneshot, RemainAfterExit, the programs in path and the commands in script.
#   Down commands become ExecStop.
#  test:
#   before: |
#    `grep -nE '(up|down) ' /etc/network/interfaces` shows the line.
#   after: |
#    What the command sets (`ip rule`, `tc qdisc`, `ip -d link`) is the same
#    on PVE and in the trial boot.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/interfaces.5.en.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
package rules.network.hook_commands

import data.lib.hooks

findings contains {
	"at": sort(at),
	"vars": {"interface": name, "command": hooks.shown(at), "count": count(at)},
} if {
	some name, topics in hooks.remaining
	at := topics.other
}
