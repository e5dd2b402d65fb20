# METADATA
# scope: package
# title: "HA moves guests away from their local disks: {sids}"
# description: |
#  {sids} are HA resources with disks on {storages}, which only this node has. A
#  reboot freezes them here where the shutdown policy is conditional, PVE's default, or
#  freeze. A node that is switched off, crashes, hangs or is reset, and any shutdown under
#  failover, is taken for dead when its lock is two minutes old: the others take the
#  configuration over and fail to start the guest. It ends in the state error on a node
#  without its disks, and its file is no longer among this node's guests when NixOS comes up.
# custom:
#  id: PVE-HA-008
#  kind: pitfall
#  category: feature
#  severity: major
#  component: high availability
#  account: none
#  workaround: |
#   Take them out of HA before this node goes down (`ha-manager remove SID`), or move their
#   disks to shared storage (`qm disk move VMID DISK STORAGE`). If it has happened:
#   `ha-manager remove SID`, then `mv /etc/pve/nodes/OTHER/qemu-server/VMID.conf
#   /etc/pve/nodes/NODE/qemu-server/`.
#  test:
#   before: |
#    `ha-manager status` lists {sids} here, and `pvesm status` on another node does not list
#    the disks' storage with them.
#   after: |
#    `ha-manager status` does not list {sids} before this node goes down, and they run here
#    after the reboot.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#_requirements
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.ha.local_disks

import data.lib.facts
import data.lib.pve
import data.lib.replication
import data.lib.volumes

_local_types := {"btrfs", "dir", "lvm", "lvmthin", "zfspool"}

_local contains id if {
	some id, s in facts.storages
	s.section.type in _local_types
	not _shared(s)
}

_shared(s) if facts.truthy(s.properties.shared.property.value)

_replicated := {job.vmid | some job in replication.jobs}

_disks[vmid] contains v if {
	some v in volumes.list
	v.kind == "disk"
	v.storage in _local
	vmid := v.vmid
}

_bound[sid] := r if {
	some sid, r in pve.ha_active
	_disks[r.vmid]
	not r.vmid in _replicated
}

findings contains {"at": sort(at), "vars": {
	"sids": concat(", ", sort(object.keys(_bound))),
	"storages": concat(", ", sort({v.storage | some r in _bound; some v in _disks[r.vmid]})),
}} if {
	pve.clustered
	count(_bound) > 0
	at := array.concat([r.at | some r in _bound], [v.at | some r in _bound; some v in _disks[r.vmid]])
}
