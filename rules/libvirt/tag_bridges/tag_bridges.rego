# METADATA
# scope: package
# title: "Guests with VLAN {vlan} wait for a bridge {name}"
# description: |
#  {cards} have the tag {vlan} on {bridge}, which does not filter VLANs. PVE makes a
#  bridge {name} and a VLAN device on the port when such a guest starts. libvirt
#  makes neither, and a tag of libvirt has no effect on such a bridge: the guest
#  would be in the untagged network. The cards name {name}, so the domains do not
#  start before it is there.
# custom:
#  id: PVE-LV-054
#  kind: gap
#  category: configuration
#  severity: critical
#  component: VLAN tags of guests
#  equivalent: systemd.network.netdevs.<name>.vlanConfig
#  account: review
#  workaround: |
#   Make {bridge} VLAN-aware on PVE (bridge-vlan-aware yes, bridge-vids 2-4094) and
#   capture again; or declare the bridge: systemd.network.netdevs with Kind = "bridge"
#   and Name = "{name}", a netdev of Kind = "vlan" with Id = {vlan} on the port of
#   {bridge}, and networks that put the VLAN device into {name}.
#  test:
#   before: |
#    `ip -br link show type bridge` on PVE prints {name}.
#   after: |
#    The same command prints it on the trial system, and `virsh start` of the guests
#    succeeds.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration#_vlan_802_1q
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
package rules.libvirt.tag_bridges

import data.lib.domaincards

_cards[[c.bridge, tag, name]] contains {"name": sprintf("%d %s", [vmid, key]), "at": c.at} if {
	some vmid, cards in domaincards.list
	some key, c in cards
	name := domaincards.own_bridge(c)
	tag := domaincards.tag(c)
}

findings contains {"at": sort([c.at | some c in cards]), "vars": {"bridge": bridge, "vlan": vlan, "name": name, "cards": concat(", ", sort([c.name | some c in cards]))}} if {
	some [bridge, vlan, name], cards in _cards
}
