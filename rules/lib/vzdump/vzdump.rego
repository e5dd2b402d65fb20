# METADATA
# title: Backup jobs of this node
# description: |
#  Which enabled vzdump jobs run here, and which guests each of them selects, as
#  PVE resolves all, vmid, pool and exclude.
package lib.vzdump

import data.lib.facts

# METADATA
# title: Enabled jobs that run on this node
# description: index in jobs.scheduled → {section, at, properties, vmids}; vmids are the local guests that the job selects.
jobs[i] := {"section": job, "at": at, "properties": properties, "vmids": _selected(properties)} if {
	some i, job in input.jobs.scheduled
	job.type == "vzdump"
	at := sprintf("/jobs/scheduled/%d", [i])
	properties := facts.section_properties(job, at)
	not _off(properties)
	not _elsewhere(properties)
}

# METADATA
# title: Jobs of this node that are switched off
# description: As jobs; nothing runs them until somebody switches them on.
stopped[i] := {"section": job, "at": at, "properties": properties, "vmids": _selected(properties)} if {
	some i, job in input.jobs.scheduled
	job.type == "vzdump"
	at := sprintf("/jobs/scheduled/%d", [i])
	properties := facts.section_properties(job, at)
	_off(properties)
	not _elsewhere(properties)
}

_off(properties) if {
	enabled := properties.enabled.property.value
	not facts.truthy(enabled)
}

_elsewhere(properties) if properties.node.property.value != input.host.name

_selected(properties) := {vmid | some vmid, _ in facts.guests} - _numbers(properties, "exclude") if {
	facts.truthy(properties.all.property.value)
} else := vmids if {
	vmids := {vmid |
		some p in input.access.pools
		p.id == properties.pool.property.value
		some text in p.guests
		vmid := _number(text)
		facts.guests[vmid]
	}
	properties.pool
} else := {vmid | some vmid in _numbers(properties, "vmid"); facts.guests[vmid]}

_numbers(properties, key) := {vmid |
	some text in regex.split(`[,; ]+`, properties[key].property.value)
	vmid := _number(text)
}

_number(text) := to_number(text) if regex.match(`^[1-9][0-9]{2,8}$`, text)

# METADATA
# title: Guests of this node that some job backs up
covered contains vmid if {
	some job in jobs
	some vmid in job.vmids
}

# METADATA
# title: The local guests that options of vzdump select
# description: properties is key → {property, at}, as lib.facts.by_key makes it.
selected(properties) := _selected(properties)
