package rules.conversion.from_files_test

import data.rules.conversion.from_files

_host(mode) := {"capture": {"mode": mode, "areas": [{"name": "network.live", "status": "unknown"}, {"name": "guests", "status": "known"}, {"name": "hardware.pci", "status": "unknown"}]}}

test_fires_on_a_tree_of_files if {
	from_files.findings == {{"at": ["/capture/mode"], "vars": {"areas": "hardware.pci, network.live"}}} with input as _host("root")
}

test_silent_on_a_running_host if {
	count(from_files.findings) == 0 with input as _host("live")
}
