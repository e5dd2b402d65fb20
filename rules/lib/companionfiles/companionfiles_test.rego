package lib.companionfiles_test

import data.lib.companionfiles

_host := {
	"config_files": [{"path": "/etc/nagios/nrpe.cfg", "properties": []}, {"path": "/etc/munin/munin-node.conf", "properties": []}],
	"local_files": [{"path": "/etc/nagios/check_disk.sh", "kind": "script", "state": "local"}],
}

_units(prefix) := {sprintf("%s.service", [prefix]): {"at": "/units/0", "prefix": prefix, "kind": "service", "entry": {}}}

test_files_of_what_runs_there if {
	companionfiles.at == ["/config_files/0", "/local_files/0"] with input as _host
		with data.lib.companion.exists as true
		with data.lib.companion.units as _units("nagios-nrpe-server")
}

test_silent_without_a_companion_or_its_unit if {
	companionfiles.at == [] with input as _host with data.lib.companion.exists as false with data.lib.companion.units as _units("nagios-nrpe-server")
	companionfiles.at == [] with input as _host with data.lib.companion.exists as true with data.lib.companion.units as _units("icinga2")
}
