package rules.users.home_directories_test

import data.lib.tables_test
import data.rules.users.home_directories

_host(mounts) := {
	"system": {"users": [{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash", "password": "set"}], "groups": []},
	"storage": {"mounts": [{"target": m, "source": "x", "type": "ext4", "options": []} | some m in mounts]},
}

test_fires_on_a_home_on_the_root if {
	home_directories.findings == {{"at": ["/system/users/0"], "vars": {"names": "anna"}}} with input as _host(["/"])
		with data.catalog as tables_test.fixture
}

test_silent_when_homes_have_a_file_system_of_their_own if {
	count(home_directories.findings) == 0 with input as _host(["/", "/home"])
		with data.catalog as tables_test.fixture
}

test_silent_when_the_home_is_a_file_system_itself if {
	count(home_directories.findings) == 0 with input as _host(["/", "/home/anna"])
		with data.catalog as tables_test.fixture
}

test_silent_when_fstab_names_the_file_system if {
	fstab := [{"spec": "UUID=x", "file": f, "type": "ext4", "options": []} | some f in ["/", "/home"]]
	count(home_directories.findings) == 0 with input as object.union(_host([]), {"storage": {"fstab": fstab}})
		with data.catalog as tables_test.fixture
}
