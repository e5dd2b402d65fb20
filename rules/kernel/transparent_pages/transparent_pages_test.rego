package rules.kernel.transparent_pages_test

import data.rules.kernel.transparent_pages

_host(mode, parameter, release) := {
	"host": {"kernel": release},
	"hardware": {"transparent_hugepages": mode},
	"system": {"boot": {"kernel_parameters": [{"key": parameter, "value": mode}]}},
}

test_fires_on_another_mode_than_the_default if {
	transparent_pages.findings == {{"at": ["/hardware/transparent_hugepages"], "vars": {"mode": "never"}}} with input as _host("never", "quiet", "6.8.12-11-pve")
}

test_silent_on_the_default if {
	count(transparent_pages.findings) == 0 with input as _host("madvise", "quiet", "6.8.12-11-pve")
}

test_silent_where_the_command_line_says_so if {
	count(transparent_pages.findings) == 0 with input as _host("always", "transparent_hugepage", "6.8.12-11-pve")
}

test_silent_on_a_kernel_with_another_default if {
	count(transparent_pages.findings) == 0 with input as _host("always", "quiet", "6.14.2-xanmod1")
}
