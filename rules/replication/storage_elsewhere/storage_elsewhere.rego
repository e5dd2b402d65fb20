# METADATA
# scope: package
# title: "The target of replication does not have the storage: {jobs}"
# description: |
#  A job copies a volume to the storage of the same name on the target. {storages} is limited
#  to nodes that the target of {jobs} is not among, so every run ends with an error and there
#  is no copy. A guest that is to be moved away before the conversion fails for the same
#  reason.
# custom:
#  id: PVE-REP-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: replication
#  account: none
#  workaround: |
#   Add the target to the storage where a pool of that name is there (`pvesm set STORAGE
#   --nodes A,B`), or move the disks to one that both nodes have, then run the job: `pvesr
#   run --id JOB --verbose`.
#  test:
#   before: |
#    `pvesr status` shows an error that names {storages}.
#   after: |
#    `pvesm status` on the target lists {storages} as active, and `pvesr status` shows
#    FailCount 0.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.replication.storage_elsewhere

import data.lib.facts
import data.lib.replication
import data.lib.volumes

_volumes[vmid] contains v if {
	some v in volumes.list
	v.kind == "disk"
	vmid := v.vmid
}

_limited[id] contains {"storage": v.storage, "at": s.properties.nodes.at} if {
	some id, job in replication.jobs
	not job.disabled
	some v in _volumes[job.vmid]
	s := facts.storages[v.storage]
	nodes := {trim_space(n) | some n in split(s.properties.nodes.property.value, ",")}
	not job.target in nodes
	not facts.truthy(object.get(s.properties, ["shared", "property", "value"], "0"))
}

findings contains {"at": sort({at | some id, list in _limited; some at in ({replication.jobs[id].at} | {l.at | some l in list})}), "vars": {
	"jobs": concat(", ", sort(object.keys(_limited))),
	"storages": concat(", ", sort({l.storage | some list in _limited; some l in list})),
}} if {
	count(_limited) > 0
}
