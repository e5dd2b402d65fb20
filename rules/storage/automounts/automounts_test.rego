package rules.storage.automounts_test

import data.rules.storage.automounts

_host(state, lines) := {
	"packages": [{"name": "autofs", "version": "5.1.8-2", "architecture": "amd64", "status": "installed"}],
	"units": [{"name": "autofs.service", "file_state": state}],
	"config_files": [{"path": "/etc/auto.master", "properties": [{"key": k, "value": v} | some [k, v] in lines]}],
}

test_maps_are_carried_and_named if {
	host := _host("enabled", [["+dir:/etc/auto.master.d", ""], ["/mnt/nas", "/etc/auto.nas --timeout=60 --ghost"], ["/net", "-hosts"]])
	{s.value | some s in automounts.settings; s.option[2] == "autoMaster"} == {"/mnt/nas file:/var/lib/pve2nix/etc/auto.nas --timeout=60 --ghost\n/net -hosts\n"} with input as host
	automounts.carries == {{"at": ["/config_files/0/properties/1"], "path": "/etc/auto.nas", "to": "/var/lib/pve2nix/etc/auto.nas", "mode": "0600", "secret": true}} with input as host
	automounts.bridges == {{"at": ["/config_files/0/properties/1", "/config_files/0/properties/2", "/units/0"], "bridge": "storage", "params": {"unit": "autofs.service"}}} with input as host
	count(automounts.checks) == 1 with input as host
}

test_programs_and_places_of_the_system_are_left if {
	every lines in [[["/smb", "/etc/auto.smb"]], [["/etc", "/etc/auto.nas"]], [["/mnt/x", "program:/etc/auto.x"]], [["/mnt/x", "/etc/../root/x"]], [["/mnt/x", "/etc/auto.x $(reboot)"]]] {
		count(((automounts.settings | automounts.bridges) | automounts.carries)) == 0 with input as _host("enabled", lines)
	}
	count(automounts.settings | automounts.checks) == 0 with input as _host("disabled", [["/mnt/nas", "/etc/auto.nas"]])
}
