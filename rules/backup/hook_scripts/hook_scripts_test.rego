package rules.backup.hook_scripts_test

import data.rules.backup.hook_scripts

_host(path) := {
	"host": {"name": "pve1"},
	"guests": [],
	"jobs": {"scheduled": [], "vzdump_defaults": [{"key": "script", "value": path}]},
}

test_fires_and_copies_the_script if {
	hook_scripts.findings == {{"at": ["/jobs/vzdump_defaults/0"], "vars": {"script": "/usr/local/bin/hook.sh"}}} with input as _host("/usr/local/bin/hook.sh")
	{c.to | some c in hook_scripts.carries} == {"/usr/local/bin/hook.sh"} with input as _host("/usr/local/bin/hook.sh")
}

test_a_script_on_a_storage_stays_there if {
	count(hook_scripts.carries) == 0 with input as _host("/mnt/pve/nas/snippets/hook.sh")
}

test_hostile_paths_are_never_copied if {
	count(hook_scripts.carries) == 0 with input as _host("/usr/local/../../etc/shadow")
}

test_silent_without_a_script if {
	count(hook_scripts.findings) == 0 with input as {"host": {"name": "pve1"}, "guests": [], "jobs": {"scheduled": [], "vzdump_defaults": [{"key": "zstd", "value": "4"}]}}
}
