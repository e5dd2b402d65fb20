# METADATA
# scope: package
# title: "The quorum device {address} is guest {vmid} of this very cluster"
# description: |
#  The device that should decide between the nodes has the address of guest {vmid} on {node}.
#  It fails together with that node, and in the moment when the vote is needed it is not
#  there: with {node} down the rest loses two votes at once. While the guest is moved or its
#  node converted the cluster is a vote short.
# custom:
#  id: PVE-CLU-025
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync-qdevice
#  account: none
#  workaround: |
#   Set the device up on a machine that is no guest of this cluster, a small computer or a
#   NAS is enough: `pvecm qdevice remove`, then `pvecm qdevice setup ADDRESS`.
#  test:
#   before: |
#    `corosync-qdevice-tool -s` shows the host {address}, and the configuration of guest
#    {vmid} has that address.
#   after: |
#    `corosync-qdevice-tool -s` shows the address of a machine outside, and with {node} down
#    `pvecm status` on the others prints "Quorate: Yes".
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
package rules.cluster.vote_in_guest

import data.lib.facts
import data.lib.network
import data.lib.pve

findings contains {"at": sort(["/cluster/qdevice", p.at]), "vars": {"address": input.cluster.qdevice, "vmid": g.vmid, "node": g.node}} if {
	network.ip(input.cluster.qdevice)
	some i, g in input.guests
	some j, option in g.config
	regex.match(`^(net|ipconfig)[0-9]+$`, option.key)
	some name in ["ip", "ip6"]
	pve.bare(facts.field(option, name)) == input.cluster.qdevice
	p := {"at": sprintf("/guests/%d/config/%d", [i, j])}
}
