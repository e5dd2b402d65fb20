package rules.kernel.pages_by_hand_test

import data.rules.kernel.pages_by_hand

_host(total, parameter, sysctl) := {
	"capture": {"areas": [{"name": "system.boot", "status": "known"}, {"name": "system.sysctl", "status": "known"}]},
	"hardware": {"hugepages": [{"size_kib": 1048576, "total": 0, "free": 0}, {"size_kib": 2048, "total": total, "free": 0}]},
	"system": {"boot": {"kernel_parameters": [{"key": parameter, "value": "8"}]}, "sysctl": [{"key": sysctl, "value": "512"}]},
}

test_fires_on_pages_of_unknown_origin if {
	pages_by_hand.findings == {{"at": ["/hardware/hugepages/1"], "vars": {"count": 512, "size": 2048}}} with input as _host(512, "quiet", "vm.swappiness")
}

test_silent_where_the_command_line_says_so if {
	count(pages_by_hand.findings) == 0 with input as _host(512, "hugepages", "vm.swappiness")
}

test_silent_where_sysctl_says_so if {
	count(pages_by_hand.findings) == 0 with input as _host(512, "quiet", "vm.nr_hugepages")
}

test_silent_without_pages if {
	count(pages_by_hand.findings) == 0 with input as _host(0, "quiet", "vm.swappiness")
}
