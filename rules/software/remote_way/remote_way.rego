# METADATA
# scope: package
# title: People reach this host through a tunnel that has an identity of its own
# description: |
#  {names} give this host a way in from outside. Each knows itself by a key in its state:
#  {states}. Without it the trial system is a new, unknown node of that network, or none:
#  whoever came in this way can neither see the trial boot nor confirm it.
# custom:
#  id: PVE-SW-011
#  kind: pitfall
#  category: service
#  severity: major
#  component: remote access
#  equivalent: services.tailscale
#  account: none
#  workaround: |
#   /var/lib/tailscale is carried. Carry the state of the others to the same place before
#   the trial boot, with owner and mode, and set the service there (services.tailscale,
#   services.zerotierone, services.netbird, services.cloudflared.tunnels). Have a second way
#   in that does not depend on it. Never let both systems run at once with one identity.
#  test:
#   before: |
#    `tailscale status --self`, `zerotier-cli info` or `netbird status` on PVE prints the
#    address of this node.
#   after: |
#    `tailscale status --self` (or the others) prints the same address on the trial system
#    before the commit.
#  phase: boot
#  sources:
#   - https://tailscale.com/kb/1278/tailscaled
#   - https://docs.zerotier.com/config/
#   - https://search.nixos.org/options?query=services.tailscale.enable
package rules.software.remote_way

import data.lib.facts

_state := {
	"cloudflared.service": "/etc/cloudflared or the token in its unit",
	"netbird.service": "/etc/netbird or /var/lib/netbird",
	"tailscaled.service": "/var/lib/tailscale",
	"zerotier-one.service": "/var/lib/zerotier-one",
}

_used := {unit |
	some unit, _ in _state
	unit in facts.in_use
}

findings contains {"at": sort([facts.units[unit].at | some unit in _used]), "vars": {
	"names": concat(", ", sort(_used)),
	"states": concat(", ", sort([_state[unit] | some unit in _used])),
}} if {
	count(_used) > 0
}
