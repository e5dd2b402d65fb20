# METADATA
# scope: package
# title: "HA starts old copies of {sids} while this node is down"
# description: |
#  {sids} are HA resources whose disks are replicated to another node. A few minutes after
#  this node goes down for the conversion, HA starts them there from the last replica: what
#  was written since is missing, and the guests go on from the older state. The newer disks
#  here are then the wrong ones, and the first replication back overwrites them.
# custom:
#  id: PVE-HA-010
#  kind: pitfall
#  category: feature
#  severity: critical
#  component: high availability
#  account: none
#  workaround: |
#   Before this node goes down, either move the guests in good order (`ha-manager crm-command
#   migrate SID NODE`, which replicates once more), or take them out of HA (`ha-manager
#   remove SID`) and shut them down. Then `pvesr run --id JOB` once, and check `pvesr
#   status`.
#  test:
#   before: |
#    `ha-manager status` lists {sids} on this node, and `pvesr status` a LastSync that is
#    minutes old.
#   after: |
#    `ha-manager status` lists none of {sids} on this node, and `pvesr status` shows a
#    LastSync after the guests went down.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html#_error_handling
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
package rules.ha.replicated

import data.lib.cluster
import data.lib.pve
import data.lib.replication

_jobs[vmid] contains job.at if {
	some job in replication.jobs
	cluster.members[job.target]
	vmid := job.vmid
}

_copied[sid] := r if {
	some sid, r in pve.ha_active
	_jobs[r.vmid]
}

findings contains {"at": sort(at), "vars": {"sids": concat(", ", sort(object.keys(_copied)))}} if {
	pve.clustered
	count(_copied) > 0
	at := array.concat([r.at | some r in _copied], [at | some r in _copied; some at in _jobs[r.vmid]])
}
