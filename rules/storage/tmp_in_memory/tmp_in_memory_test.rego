package rules.storage.tmp_in_memory_test

import data.rules.storage.tmp_in_memory

_host(file, options) := {"storage": {"fstab": [{"spec": "tmpfs", "file": file, "type": "tmpfs", "options": options}]}}

_said := {s.option[2]: s.value | some s in tmp_in_memory.settings}

test_as_large_as_here if {
	_said == {"useTmpfs": true, "tmpfsSize": "2G"} with input as _host("/tmp", ["size=2G", "mode=1777"])
	_said == {"useTmpfs": true} with input as _host("/tmp", ["defaults"])
}

test_none_elsewhere_or_by_hand if {
	count(tmp_in_memory.settings) == 0 with input as _host("/var/tmp", ["size=2G"])
	count(tmp_in_memory.settings) == 0 with input as _host("/tmp", ["noauto"])
	_said == {"useTmpfs": true} with input as _host("/tmp", ["size=1G,exec"])
}
