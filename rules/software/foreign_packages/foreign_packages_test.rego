package rules.software.foreign_packages_test

import data.rules.software.foreign_packages

_host(arch, auto) := {
	"host": {"arch": "x86_64"},
	"packages": [
		{"name": "bash", "arch": "amd64", "status": "installed", "auto": false},
		{"name": "tzdata", "arch": "all", "status": "installed", "auto": false},
		{"name": "libc6", "arch": arch, "status": "installed", "auto": true},
		{"name": "wine32", "arch": arch, "status": "installed", "auto": auto},
	],
}

test_fires_on_a_program_that_was_wanted if {
	foreign_packages.findings == {{
		"at": ["/packages/2", "/packages/3"],
		"vars": {"arch": "i386", "host": "amd64", "count": 2, "wanted": "wine32"},
	}} with input as _host("i386", false)
}

test_silent_on_libraries_alone if {
	count(foreign_packages.findings) == 0 with input as _host("i386", true)
}

test_silent_on_the_architecture_of_the_host if {
	count(foreign_packages.findings) == 0 with input as _host("amd64", false)
}
