# METADATA
# scope: package
# title: Guests with a VLAN tag on a bridge that does not filter VLANs
# description: |
#  {cards} network cards of guests have a tag on {bridge}, which is not
#  VLAN-aware. PVE makes a VLAN device on the bridge's port and a bridge
#  {bridge}vTAG for each tag when the guest starts. On NixOS these devices are
#  unknown to systemd-networkd and to the configuration: nothing restores them,
#  and they are bound to the name of the port.
# custom:
#  id: PVE-NET-027
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: VLAN tags of guests
#  equivalent: systemd.network.netdevs.<name>.bridgeConfig.VLANFiltering
#  account: none
#  workaround: |
#   Make the bridge VLAN-aware on PVE (bridge-vlan-aware yes, bridge-vids 2-4094),
#   restart its guests, and capture again.
#  test:
#   before: |
#    `ip -br link show type bridge` on PVE lists bridges that end in vTAG.
#   after: |
#    `bridge vlan show` lists the tag at the guest's tap device, and the
#    guest reaches its network in the trial boot.
#  phase: run
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration#_vlan_802_1q
package rules.network.tagged_guests

import data.lib.facts
import data.lib.network

_tagged[bridge] contains c.at if {
	some g in facts.guests
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	facts.field(c.property, "tag")
	bridge := facts.field(c.property, "bridge")
}

findings contains {"at": sort(at), "vars": {"bridge": bridge, "cards": count(at)}} if {
	some bridge, at in _tagged
	network.interfaces[bridge].kind == "bridge"
	not network.interfaces[bridge].vlan_aware
}
