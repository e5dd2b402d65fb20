package rules.hardware.dkms_test

import data.rules.hardware.dkms

_host(name, status) := {"packages": [{"name": name, "version": "1", "status": status}]}

test_fires_on_a_driver if {
	dkms.findings == {{"at": ["/packages/0"], "vars": {"packages": "r8125-dkms"}}} with input as _host("r8125-dkms", "installed")
}

test_silent_on_what_was_removed if {
	count(dkms.findings) == 0 with input as _host("r8125-dkms", "config-files")
}

test_silent_on_the_tool_alone if {
	count(dkms.findings) == 0 with input as _host("dkms", "installed")
}
