# METADATA
# scope: package
# title: Guests get the MTU of their bridge
# description: |
#  {count} virtio cards of guests on {bridges} have no MTU of their own, and the
#  bridge does not have 1500. Up to PVE 8 such a card has 1500 whatever the bridge
#  has; the qemu-server of the new host is one of PVE 9, where it takes the bridge's.
#  After its next start a guest sends frames that its peers with 1500 drop, and a
#  guest that is migrated from a node of PVE 8 changes its hardware on the way.
# custom:
#  id: PVE-NET-033
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: network cards of guests
#  account: none
#  workaround: |
#   Set mtu=1500 on each of these cards before the conversion (qm set VMID --net0 with
#   all of its present parts and ,mtu=1500), or decide that the whole network of the
#   guest takes large frames.
#  test:
#   before: |
#    `qm config VMID | grep ^net` prints no mtu=, and `ip link show BRIDGE` a number
#    that is not 1500.
#   after: |
#    `ip link` inside the guest prints mtu 1500 before and after a start on the trial
#    system.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://pve.proxmox.com/pve-docs/qm.1.html
package rules.network.guest_mtu

import data.lib.facts
import data.lib.network

_large contains name if {
	some name, n in network.interfaces
	n.kind in {"bridge", "ovs-bridge"}
	n.mtu > 0
	n.mtu != 1500
}

_cards contains {"at": c.at, "bridge": bridge} if {
	count(_large) > 0
	some g in facts.vms
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	facts.field(c.property, "model") == "virtio"
	bridge := facts.field(c.property, "bridge")
	bridge in _large
	not facts.field(c.property, "mtu")
}

findings contains {"at": sort([c.at | some c in _cards]), "vars": {"count": count(_cards), "bridges": concat(", ", sort({c.bridge | some c in _cards}))}} if {
	input.host.pve_major < 9
	count(_cards) > 0
}
