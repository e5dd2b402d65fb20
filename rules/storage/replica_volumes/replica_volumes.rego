# METADATA
# scope: package
# title: "Replicas of other nodes lie on this one: guests {vmids}"
# description: |
#  Replication jobs of other nodes write to this one. The volumes of {vmids}
#  here belong to no guest of this host; they look like left-overs, and
#  removing one, or its snapshot __replicate_, makes the next run send
#  everything anew. While this node is converted the jobs fail, and HA has
#  only old data to start from.
# custom:
#  id: PVE-STO-041
#  kind: pitfall
#  category: feature
#  severity: major
#  component: storage replication
#  account: none
#  workaround: |
#   `pvesr disable JOB` on the source node before the conversion, `pvesr
#   enable JOB` and `pvesr schedule-now JOB` afterwards. Leave the volumes
#   and their snapshots as they are; the node name, the host keys of ssh and
#   the names of pools must stay.
#  test:
#   before: |
#    `pvesr status` on the source node shows the jobs to this node with
#    FailCount 0.
#   after: |
#    `pvesr status` there shows a LastSync after the conversion and FailCount
#    0, and `zfs list -t snapshot` on this node has one snapshot __replicate_
#    of each volume.
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
package rules.storage.replica_volumes

import data.lib.facts

_incoming[at] := number if {
	some i, job in input.cluster.replication
	at := sprintf("/cluster/replication/%d", [i])
	properties := facts.section_properties(job, at)
	properties.target.property.value == input.host.name
	not _disabled(properties)
	number := split(job.id, "-")[0]
	regex.match(`^[1-9][0-9]{2,8}$`, number)
	not facts.guests[to_number(number)]
}

_disabled(properties) if object.get(properties.disable.property, "value", "1") in {"", "1"}

findings contains {"at": sort(object.keys(_incoming)), "vars": {"vmids": concat(", ", sort({n | some n in _incoming}))}} if {
	count(_incoming) > 0
}
