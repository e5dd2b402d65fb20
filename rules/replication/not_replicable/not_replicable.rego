# METADATA
# scope: package
# title: "Replicated guests have disks that cannot be replicated: {disks}"
# description: |
#  Replication works with ZFS only. {disks} lie on other storages and are not marked with
#  replicate=0, so the whole job of the guest fails with "missing replicate feature on
#  volume" and the disks that could be copied are not copied either. A disk was added or
#  moved after the job had been made.
# custom:
#  id: PVE-REP-005
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: replication
#  account: none
#  workaround: |
#   Move the disk to the ZFS storage (`qm disk move VMID DISK STORAGE`), or leave it out on
#   purpose (`replicate=0` among its options) and know that the copy is not complete.
#  test:
#   before: |
#    `pvesr status` shows "missing replicate feature on volume".
#   after: |
#    `pvesr run --id JOB --verbose` ends without an error, and `pvesr status` shows FailCount
#    0.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuConfig.pm
package rules.replication.not_replicable

import data.lib.facts
import data.lib.replication
import data.lib.volumes

_replicated := {job.vmid |
	some job in replication.jobs
	not job.disabled
}

_wrong[name] := v.at if {
	some v in volumes.list
	v.kind == "disk"
	v.vmid in _replicated
	facts.storages[v.storage].section.type in {"btrfs", "dir", "lvm", "lvmthin"}
	not _left_out(v)
	name := sprintf("%s of %d on %s", [v.key, v.vmid, v.storage])
}

_left_out(v) if {
	text := facts.field(facts.guests[v.vmid].config[v.key].property, "replicate")
	not facts.truthy(text)
}

# What the other nodes have anyway is passed over.
_left_out(v) if facts.truthy(facts.storages[v.storage].properties.shared.property.value)

findings contains {"at": sort([at | some at in _wrong]), "vars": {"disks": concat(", ", sort(object.keys(_wrong)))}} if count(_wrong) > 0
