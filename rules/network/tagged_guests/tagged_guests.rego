# METADATA
# scope: package
# title: "No bridge {name} for the guests with the VLAN {vlan}"
# description: |
#  {cards} network cards of guests have the tag {vlan} on {bridge}, which does not
#  filter VLANs. PVE plugs them into a bridge {name} with a VLAN device on each port
#  of {bridge}, made when the guest starts. That bridge is not made here: {bridge} has
#  no port that leads outside, a name is longer than 15 characters, or a device of
#  that name is configured for something else, with an address for example. The guests
#  do not start, or PVE takes that device away from the host at their start.
# custom:
#  id: PVE-NET-027
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: VLAN tags of guests
#  equivalent: systemd.network.netdevs.<name>.bridgeConfig.VLANFiltering
#  account: review
#  workaround: |
#   Make the bridge VLAN-aware on PVE (bridge-vlan-aware yes, bridge-vids 2-4094),
#   put addresses of the host on a VLAN device of the bridge instead of its port,
#   restart the guests, and capture again.
#  test:
#   before: |
#    `ip -br link show master {name}` on PVE prints the VLAN devices in it, or that
#    there is no such device.
#   after: |
#    `bridge vlan show` lists the tag at the guest's tap device, and the
#    guest reaches its network in the trial boot.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration#_vlan_802_1q
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
package rules.network.tagged_guests

import data.lib.network

findings contains {"at": sort(t.at), "vars": {"name": name, "bridge": t.bridge, "vlan": t.tag, "cards": count(t.at)}} if {
	some name, t in network.tagged
	not name in network.tag_bridges
	not _configured(name)
}

# The bridge and its ports stand in the configuration of the host.
_configured(name) if {
	network.interfaces[name].kind == "bridge"
	every device, _ in network.tag_ports[name] {
		network.master[device] == name
	}
}
