# METADATA
# scope: package
# title: A configured card is not in the machine
# description: |
#  {interface} is brought up at boot, but the running system has no such link:
#  the card was removed, renamed, or its driver did not load. It is carried over;
#  nothing on NixOS will have that name either.
# custom:
#  id: PVE-NET-022
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: network cards
#  account: none
#  workaround: |
#   Remove the stanza and the port from its bridge on PVE if the card is gone for
#   good; if it was renamed, correct the name. Then capture again.
#  test:
#   before: |
#    `ip link show NAME` on PVE prints that the device does not exist.
#   after: |
#    `ifquery --list -a | xargs -n1 ip -br link show` on PVE prints a line for each
#    name and no error.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9#Network_Interface_Name_Change
package rules.network.card_missing

import data.lib.network

findings contains {"at": [n.at], "vars": {"interface": name}} if {
	network.live
	count(network.links) > 0
	some name, n in network.interfaces
	n.kind in {"physical", "ovs-port"}
	name in network.up
	not network.links[name]
}
