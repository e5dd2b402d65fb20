package rules.containers.mount_options_test

import data.rules.containers.mount_options

_host(name, value) := {"guests": [{"vmid": 208, "type": "lxc", "local": true, "config": [{"key": "mp0", "value": "x", "fields": [{"name": "volume", "value": "tank:subvol-208-disk-1"}, {"name": name, "value": value}]}]}]}

test_fires_on_what_is_forbidden if {
	mount_options.findings == {{"at": ["/guests/0/config/0"], "vars": {"mounts": "208 mp0"}}} with input as _host("mountoptions", "noatime;nosuid")
}

test_fires_on_read_only if {
	count(mount_options.findings) == 1 with input as _host("ro", "1")
}

test_silent_on_options_of_speed if {
	count(mount_options.findings) == 0 with input as _host("mountoptions", "noatime;discard")
}
