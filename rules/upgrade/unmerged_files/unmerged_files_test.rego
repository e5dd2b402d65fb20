package rules.upgrade.unmerged_files_test

import data.rules.upgrade.unmerged_files

_host(path) := {"local_files": [{"path": "/etc/shells", "state": "local"}, {"path": path, "state": "local"}]}

test_fires_on_a_file_that_waits if {
	unmerged_files.findings == {{"at": ["/local_files/1"], "vars": {"files": "/etc/ssh/sshd_config.dpkg-dist"}}} with input as _host("/etc/ssh/sshd_config.dpkg-dist")
}

test_silent_on_the_old_file_that_was_replaced if {
	count(unmerged_files.findings) == 0 with input as _host("/etc/ssh/sshd_config.dpkg-old")
}
