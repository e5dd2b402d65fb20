# METADATA
# scope: package
# title: "Guests do not start for the VLAN of a card: {cards}"
# description: |
#  Where a bridge does not filter VLANs, PVE makes one more for each tag (vmbr0v20)
#  with a VLAN of the card below. Incus makes none: it refuses to start an instance
#  whose card has a VLAN on such a bridge ("VLAN filtering is not enabled").
# custom:
#  id: PVE-INC-026
#  kind: gap
#  category: configuration
#  severity: critical
#  component: network cards of guests
#  equivalent: systemd.network.netdevs.<name>.bridgeConfig.VLANFiltering
#  account: review
#  workaround: |
#   Let the bridge filter on PVE: `bridge-vlan-aware yes` and `bridge-vids` with its
#   VLANs in /etc/network/interfaces, `ifreload -a`, and restart the guests; then
#   capture the host anew. Or make a bridge for the VLAN on NixOS, with a VLAN of the
#   card as its member, and plug the guest in there: `incus config device unset NAME
#   net0 vlan`, `incus config device set NAME net0 parent=BRIDGE`.
#  test:
#   before: |
#    `ip -d link show BRIDGE` on PVE prints vlan_filtering 0 for the bridges of
#    {cards}.
#   after: |
#    `incus start NAME` on the trial system prints nothing, and `bridge vlan show` the
#    VLAN at a card of the guest.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/device/nic_bridged.go
#   - https://pve.proxmox.com/wiki/Network_Configuration#_vlan_802_1q
package rules.incus.bridges_without_vlans

import data.lib.drives
import data.lib.incus
import data.lib.network

_cards contains {"vmid": vmid, "key": key, "at": c.at} if {
	some vmid, cards in incus.cards_of
	some key, c in cards
	not c.unplugged
	c.tag != ""
	n := network.interfaces[c.bridge]
	n.kind == "bridge"
	not n.vlan_aware
}

findings contains {"at": sort([c.at | some c in _cards]), "vars": {"cards": drives.words(_cards)}} if count(_cards) > 0
