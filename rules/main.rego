# METADATA
# title: What all rules say
# description: |
#  Collects the five sets of every rule package. Rules are found by walking
#  data.rules.<area>.<rule>; nothing is registered.
package main

findings contains object.union(element, {"rule": concat("/", [area, rule])}) if {
	some area, rule
	some element in data.rules[area][rule].findings
}

settings contains object.union(element, {"rule": concat("/", [area, rule])}) if {
	some area, rule
	some element in data.rules[area][rule].settings
}

carries contains object.union(element, {"rule": concat("/", [area, rule])}) if {
	some area, rule
	some element in data.rules[area][rule].carries
}

bridges contains object.union(element, {"rule": concat("/", [area, rule])}) if {
	some area, rule
	some element in data.rules[area][rule].bridges
}

checks contains object.union(element, {"rule": concat("/", [area, rule])}) if {
	some area, rule
	some element in data.rules[area][rule].checks
}
