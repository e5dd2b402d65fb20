# METADATA
# scope: package
# title: "Guests no longer get all VLANs of {bridge}"
# description: |
#  {cards} are plugged into {bridge} without a tag. PVE lets such a card of a
#  VLAN-aware bridge carry all VLANs from 2 to 4094 with their tags beside untagged
#  frames. libvirt adds a card to the untagged VLAN alone. Guests that make VLANs
#  of their own, routers and firewalls above all, are cut off from them.
# custom:
#  id: PVE-LV-053
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: VLANs of guests
#  equivalent: <vlan trunk="yes"> of an interface
#  account: review
#  workaround: |
#   Find the guests that tag frames (`bridge fdb show br {bridge}` on PVE prints the
#   vlan of each address) and write trunks=LIST into their cards on PVE (`qm set VMID
#   --netN …,trunks=10;20`) before capturing again: a list becomes a trunk of
#   libvirt. The others need nothing.
#  test:
#   before: |
#    `bridge vlan show` on PVE prints 2-4094 for the tap devices of {cards}.
#   after: |
#    `bridge vlan show` on the trial system prints the VLANs of the trunk for each
#    guest that tags frames, and it reaches a host in each of them.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
#   - https://libvirt.org/formatdomain.html#setting-vlan-tag-on-supported-network-types-only
package rules.libvirt.trunk_cards

import data.lib.domaincards
import data.lib.facts
import data.lib.network

_cards[c.bridge] contains {"name": sprintf("%d %s", [vmid, key]), "at": c.at} if {
	some vmid, cards in domaincards.list
	some key, c in cards
	not facts.field(c.property, "tag")
	not facts.field(c.property, "trunks")
	network.interfaces[c.bridge].kind == "bridge"
	network.interfaces[c.bridge].vlan_aware
}

findings contains {"at": sort([c.at | some c in cards]), "vars": {"bridge": bridge, "cards": concat(", ", sort([c.name | some c in cards]))}} if {
	some bridge, cards in _cards
}
