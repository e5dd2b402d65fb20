# METADATA
# scope: package
# title: "Guests belong to the node {node}, which is no member"
# description: |
#  /etc/pve/nodes/{node} holds the guests {vmids}, but the cluster has no such node. It was
#  renamed or removed without them. No node starts or backs up these guests, here or on the
#  new system, and their disks look as if nobody needed them.
# custom:
#  id: PVE-CLU-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: guest configuration
#  account: review
#  workaround: |
#   If they are wanted, move the files on PVE: `mv /etc/pve/nodes/{node}/qemu-server/VMID.conf
#   /etc/pve/qemu-server/` (lxc for containers), and start them. Otherwise archive the
#   directory and remove it.
#  test:
#   before: |
#    `ls /etc/pve/nodes/{node}/qemu-server /etc/pve/nodes/{node}/lxc` shows {vmids}.
#   after: |
#    `ls /etc/pve/nodes/{node}` finds no such directory, and `qm list` or `pct list` shows
#    those that are wanted.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
#   - https://pve.proxmox.com/wiki/Renaming_a_PVE_node
package rules.cluster.gone_nodes

import data.lib.cluster
import data.lib.facts
import data.lib.guard
import data.lib.pve

_guests[g.node] contains {"vmid": g.vmid, "at": sprintf("/guests/%d", [i])} if {
	"cluster" in facts.known
	some i, g in input.guests
	not g.local
	not cluster.members[g.node]
	guard.host_label(g.node)
}

findings contains {"at": sort([g.at | some g in list]), "vars": {"node": node, "vmids": pve.numbers({g.vmid | some g in list})}} if some node, list in _guests
