# METADATA
# scope: package
# title: "Copies of replicated guests lack disks: {disks}"
# description: |
#  {disks} are marked with replicate=0, so the copy of the guest on the other node has the
#  configuration with these disks and not the disks. Whoever starts the copy there while this
#  node is being converted finds a guest that does not start, or one without its data.
# custom:
#  id: PVE-REP-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: replication
#  account: none
#  workaround: |
#   Decide before the conversion: take replicate=0 away where the disk is on ZFS and run the
#   job (`pvesr run --id JOB`), or move the guest with all its disks instead of relying on
#   the copy (`qm migrate VMID NODE --online --with-local-disks`).
#  test:
#   before: |
#    `qm config VMID` shows replicate=0 for {disks}.
#   after: |
#    `qm config VMID` shows no replicate=0, and `pvesm list STORAGE --vmid VMID` on the
#    target lists every disk.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://pve.proxmox.com/pve-docs/qm.1.html
package rules.replication.disk_left_out

import data.lib.facts
import data.lib.replication
import data.lib.volumes

_replicated := {job.vmid |
	some job in replication.jobs
	not job.disabled
}

_missing[sprintf("%s of %d", [v.key, v.vmid])] := v.at if {
	some v in volumes.list
	v.kind == "disk"
	v.vmid in _replicated
	replicate := facts.field(facts.guests[v.vmid].config[v.key].property, "replicate")
	facts.storages[v.storage].section.type in {"btrfs", "dir", "lvm", "lvmthin", "zfspool"}
	not facts.truthy(replicate)
	not _shared(v.storage)
}

# What the other node has anyway needs no copy.
_shared(id) if facts.truthy(facts.storages[id].properties.shared.property.value)

findings contains {"at": sort([at | some at in _missing]), "vars": {"disks": concat(", ", sort(object.keys(_missing)))}} if count(_missing) > 0
