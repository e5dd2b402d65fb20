# METADATA
# title: Jobs of replication
# description: |
#  A job is called after its guest and a number: 100-0. One that is being
#  removed is in replication.cfg until that has been done.
package lib.replication

import data.lib.facts

# Of a name that repeats, the last section counts.
_places[job.id] contains i if some i, job in input.cluster.replication

_all[job.id] := {"vmid": to_number(found[0][1]), "at": at, "target": properties.target.property.value, "disabled": _disabled(properties), "leaving": _leaving(properties)} if {
	some places in _places
	i := max(places)
	job := input.cluster.replication[i]
	found := regex.find_all_string_submatch_n(`^([1-9][0-9]{2,8})-[0-9]{1,9}$`, job.id, 1)
	at := sprintf("/cluster/replication/%d", [i])
	properties := facts.section_properties(job, at)
}

_disabled(properties) if {
	facts.truthy(properties.disable.property.value)
} else := false

_leaving(properties) if {
	properties.remove_job
} else := false

# METADATA
# title: Jobs that stay
# description: id → {vmid, at, target, disabled, leaving}
jobs[id] := job if {
	some id, job in _all
	not job.leaving
}

# METADATA
# title: Jobs that are being removed
leaving[id] := job if {
	some id, job in _all
	job.leaving
}
