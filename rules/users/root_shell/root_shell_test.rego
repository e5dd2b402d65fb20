package rules.users.root_shell_test

import data.rules.users.root_shell

_host(name, shell) := {"system": {"users": [{"name": name, "uid": 0, "shell": shell}]}}

test_fires_on_zsh if {
	root_shell.findings == {{"at": ["/system/users/0"], "vars": {"shell": "/usr/bin/zsh", "package": "zsh"}}} with input as _host("root", "/usr/bin/zsh")
}

test_silent_on_bash_and_other_accounts if {
	count(root_shell.findings) == 0 with input as _host("root", "/bin/bash")
	count(root_shell.findings) == 0 with input as _host("toor", "/usr/bin/zsh")
}
