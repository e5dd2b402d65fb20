# METADATA
# scope: package
# title: An interface is up that no boot brings up
# description: |
#  {interfaces} is up now, but its stanza has no auto line and nothing is above it.
#  Somebody brought it up by hand, or with Apply Configuration. It stays down after
#  the conversion, as it does after the next boot of PVE; guests on such a bridge have
#  no network.
# custom:
#  id: PVE-NET-064
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: interfaces
#  account: none
#  workaround: |
#   Add the auto line (Autostart in the web interface) on PVE if it is meant to be up
#   and capture again; else take the stanza out.
#  test:
#   before: |
#    `grep -c "auto NAME" /etc/network/interfaces` on PVE prints 0, `ip -br link show
#    NAME` UP.
#   after: |
#    `ip -br link show NAME` prints UP in the trial boot, or the stanza is gone and
#    `grep -c "iface NAME" /etc/network/interfaces` prints 0.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#ActivationPolicy=
package rules.network.up_by_hand

import data.lib.network

_names := {name |
	network.live
	some name, n in network.interfaces
	n.kind in {"bridge", "bond", "vlan", "physical"}
	not name in network.up
	network.links[name].up
	_used(name, n)
}

# A card without address is up for whoever looked at it.
_used(_, n) if n.kind != "physical"

_used(name, _) if count(network.addresses[name]) > 0

findings contains {"at": sort([network.interfaces[name].at | some name in _names]), "vars": {"interfaces": concat(", ", sort(_names))}} if {
	count(_names) > 0
}
