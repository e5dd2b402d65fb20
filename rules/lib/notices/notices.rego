# METADATA
# title: Which notifications reach whom
# description: Targets and matchers of PVE's notification system that are on, and which of the targets a matcher leads to.
package lib.notices

import data.lib.facts

_at(i) := sprintf("/notifications/%d", [i])

_off(section) if {
	some p in section.properties
	p.key == "disable"
	facts.truthy(p.value)
}

# METADATA
# title: Targets that are on
# description: name → {section, at}
targets[name] := {"section": input.notifications[i], "at": _at(i)} if {
	some name, places in _places
	i := max(places)
}

# Of a name that repeats, the last section counts.
_places[s.id] contains i if {
	some i, s in input.notifications
	s.type in {"sendmail", "smtp", "gotify", "webhook"}
	not _off(s)
}

# METADATA
# title: Matchers that are on
# description: pointer → {id, targets, severities, fields}
matchers[_at(i)] := {
	"id": s.id,
	"targets": {p.value | some p in s.properties; p.key == "target"},
	"severities": {severity | some p in s.properties; p.key == "match-severity"; some severity in split(p.value, ",")},
	"fields": {p.value | some p in s.properties; p.key == "match-field"},
} if {
	some i, s in input.notifications
	s.type == "matcher"
	not _off(s)
}

_named contains target if {
	some m in matchers
	some target in m.targets
}

# METADATA
# title: Targets that messages can reach
# description: pointer → section
reached[t.at] := t.section if {
	some name, t in targets
	name in _named
}

# METADATA
# title: Pointers of the targets that messages can reach
reached_at := sort(object.keys(reached))
