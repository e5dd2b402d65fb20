package rules.network.prefix_announcer_test

import data.rules.network.prefix_announcer

_host(state, drop_ins) := {
	"units": [{"name": "radvd.service", "file_state": state, "drop_ins": drop_ins}],
	"config_files": [{"path": "/etc/radvd.conf", "format": "lines", "properties": [{"key": "interface", "value": "vmbr1 {", "fields": []}]}],
}

test_the_same_file_is_read if {
	{s.value._concat[1] | some s in prefix_announcer.settings; s.option[4] == "ExecStart"} == {"/bin/radvd --nodaemon --logmethod stderr --config /var/lib/pve2nix/etc/radvd.conf"} with input as _host("enabled", [])
	{b.at[0] | some b in prefix_announcer.bridges} == {"/config_files/0", "/config_files/0/properties/0", "/units/0"} with input as _host("enabled", [])
	count(prefix_announcer.carries) + count(prefix_announcer.checks) == 2 with input as _host("enabled", [])
}

test_silent_where_it_is_off_or_changed if {
	count(prefix_announcer.settings) + count(prefix_announcer.bridges) == 0 with input as _host("disabled", [])
	count(prefix_announcer.settings) == 0 with input as _host("enabled", ["/etc/systemd/system/radvd.service.d/x.conf"])
}
