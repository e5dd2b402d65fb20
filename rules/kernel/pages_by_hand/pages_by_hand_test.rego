package rules.kernel.pages_by_hand_test

import data.rules.kernel.pages_by_hand

_host(total, parameter, sysctl) := {
	"capture": {"areas": [{"name": "guests", "status": "known"}, {"name": "system.boot", "status": "known"}, {"name": "system.sysctl", "status": "known"}]},
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

_guest(lines) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": lines}]}

_pages(free) := json.patch(_host(512, "quiet", "vm.swappiness"), [{"op": "replace", "path": "/hardware/hugepages/1/free", "value": free}])

test_silent_on_what_pve_reserved_for_a_running_guest if {
	count(pages_by_hand.findings) == 0 with input as object.union(_pages(0), _guest([{"key": "hugepages", "value": "2", "fields": []}]))
}

test_silent_on_what_pve_keeps_for_a_guest if {
	count(pages_by_hand.findings) == 0 with input as object.union(_pages(512), _guest([{"key": "keephugepages", "value": "1", "fields": []}]))
}

test_fires_on_pages_that_no_guest_holds if {
	count(pages_by_hand.findings) == 1 with input as object.union(_pages(512), _guest([{"key": "hugepages", "value": "2", "fields": []}]))
	count(pages_by_hand.findings) == 1 with input as object.union(_pages(0), _guest([{"key": "memory", "value": "2048", "fields": []}]))
}

test_silent_where_guests_are_not_known if {
	host := json.patch(_host(512, "quiet", "vm.swappiness"), [{"op": "replace", "path": "/capture/areas/0/status", "value": "unknown"}])
	count(pages_by_hand.findings) == 0 with input as host
}
