package lib.facts_test

import data.lib.facts

_property := {"key": "net0", "fields": [
	{"name": "bridge", "value": "vmbr0"},
	{"name": "bridge", "value": "vmbr1"},
	{"name": "token", "secret": {"secret": true}},
]}

test_of_a_part_that_repeats_the_first_counts if {
	facts.field(_property, "bridge") == "vmbr0"
}

test_absent_and_secret_parts_are_undefined if {
	not facts.field(_property, "tag")
	not facts.field(_property, "token")
}

test_of_a_name_that_repeats_the_first_counts if {
	packages := facts.packages with input as {"packages": [
		{"name": "libc6", "status": "config-files", "arch": "amd64"},
		{"name": "libc6", "status": "installed", "arch": "amd64"},
		{"name": "libc6", "status": "installed", "arch": "i386"},
	]}
	packages.libc6.at == "/packages/1"
}

test_only_known_areas_are_known if {
	facts.known == {"units"} with input as {"capture": {"areas": [
		{"name": "units", "status": "known"},
		{"name": "packages", "status": "partial"},
		{"name": "network", "status": "unknown"},
	]}}
}

test_paths_that_climb_or_hide_are_not_plain if {
	facts.plain_path("/srv/a-b_c/d.e")
	not facts.plain_path("/srv/../etc")
	not facts.plain_path("srv")
	not facts.plain_path("/srv/a\nb")
	not facts.plain_path("/srv/$(id)")
}
