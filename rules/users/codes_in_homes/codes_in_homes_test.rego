package rules.users.codes_in_homes_test

import data.rules.users.codes_in_homes
import data.rules.users.one_time_codes_test

_host(mounts) := object.union(
	one_time_codes_test.host("auth pam_google_authenticator.so", "required nullok", [], "/etc/pam.d/sshd"),
	{"system": {"users": [{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash"}], "groups": []}, "storage": {"mounts": mounts}},
)

_catalog := {"shells": {"/bin/bash": {"package": "bash"}}}

test_home_on_the_old_root if {
	codes_in_homes.findings == {{"at": ["/config_files/0/properties/0"], "vars": {"names": "anna"}}} with input as _host([]) with data.catalog as _catalog
}

test_home_on_a_file_system_of_its_own if {
	count(codes_in_homes.findings) == 0 with input as _host([{"source": "tank", "target": "/home", "type": "zfs"}]) with data.catalog as _catalog
}
