# METADATA
# scope: package
# title: Guests use a bridge that nothing here makes
# description: |
#  {guests} network cards of guests of this node are on {bridge}, which is neither in
#  /etc/network/interfaces nor a virtual network of the SDN, but exists now: a script,
#  libvirt or Docker made it. It does not exist on NixOS, and a guest whose bridge is
#  missing does not start.
# custom:
#  id: PVE-NET-026
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: bridges of guests
#  equivalent: systemd.network.netdevs
#  account: none
#  workaround: |
#   Find out what makes the bridge (`grep -rn NAME /etc`) and set that up on NixOS before
#   guests start, or declare the bridge with systemd.network.netdevs (Kind bridge) and, where
#   PVE stays, list it in services.proxmox-ve.bridges.
#  test:
#   before: |
#    `ip link show NAME` in the trial boot prints "does not exist", and the start of the guest
#    fails with the name of the bridge.
#   after: |
#    `ip -br link show NAME` prints the bridge, and the guest runs.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.bridge_elsewhere

import data.lib.facts
import data.lib.network
import data.lib.pve

_users[bridge] contains at if {
	some g in facts.guests
	not pve.template(g)
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	bridge := facts.field(c.property, "bridge")
	at := c.at
}

_vnets := {v.id | some v in input.network.sdn.vnets}

findings contains {"at": sort(at), "vars": {"bridge": bridge, "guests": count(at)}} if {
	some bridge, at in _users
	network.links[bridge]
	not network.interfaces[bridge]
	not bridge in _vnets
}
