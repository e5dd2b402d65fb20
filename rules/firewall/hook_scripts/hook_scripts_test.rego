package rules.firewall.hook_scripts_test

import data.rules.firewall.hook_scripts

_host(path, kind, state) := {"local_files": [{"path": path, "kind": kind, "state": state}]}

test_fires_for_a_script if {
	hook_scripts.findings == {{"at": ["/local_files/0"], "vars": {"scripts": "/etc/network/if-pre-up.d/iptables"}}} with input as _host("/etc/network/if-pre-up.d/iptables", "script", "local")
}

test_silent_for_a_file_that_does_not_run if {
	count(hook_scripts.findings) == 0 with input as _host("/etc/network/if-pre-up.d/iptables", "file", "local")
}

test_silent_for_a_name_that_is_skipped if {
	count(hook_scripts.findings) == 0 with input as _host("/etc/network/if-pre-up.d/iptables.bak", "script", "local")
}

test_silent_for_another_purpose if {
	count(hook_scripts.findings) == 0 with input as _host("/etc/network/if-up.d/static-routes", "script", "local")
}
