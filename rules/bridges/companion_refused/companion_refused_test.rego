package rules.bridges.companion_refused_test

import data.rules.bridges.companion_refused

_catalog := {
	"companion_types": {"service": {}, "socket": {}, "mount": {}},
	"companion_units": {},
	"companion_refused": {"pve*": "it belongs to Proxmox VE", "*guests.service": "it starts guests"},
}

_findings(answers, names) := x if {
	host := {"units": [{"name": name} | some name in names]}
	x := {f.vars.unit: f.vars.why | some f in companion_refused.findings} with input as host with data.catalog as _catalog with data.answers as answers with data.target as "libvirt"
}

_asked(names) := {"units": {name: {"companion": "wanted"} | some name in names}}

test_fires_on_what_must_not_run_there if {
	_findings(_asked({"pve-guests.service"}), {"pve-guests.service"}) == {"pve-guests.service": "it belongs to Proxmox VE; it starts guests"}
}

test_fires_on_the_socket_of_such_a_service if {
	_findings(_asked({"pvething.socket"}), {"pvething.socket"}) == {"pvething.socket": "it belongs to Proxmox VE"}
}

test_fires_on_a_mount if {
	_findings(_asked({"srv.mount"}), {"srv.mount"}) == {"srv.mount": "only services, sockets, timers and paths can run there"}
}

test_fires_on_a_name_that_is_a_path if {
	_findings(_asked({"a b.service"}), {"a b.service"}) == {"a b.service": "its name has characters that no path of it may have"}
}

test_fires_where_no_companion_is_wanted if {
	answers := object.union(_asked({"ftp.service"}), {"bridges": {"companion": "no"}})
	_findings(answers, {"ftp.service"}) == {"ftp.service": "they also say that no companion is wanted"}
}

test_silent_on_a_service_of_its_own if {
	_findings(_asked({"ftp.service"}), {"ftp.service"}) == {}
}

test_silent_on_a_unit_that_the_host_does_not_have if {
	_findings(_asked({"pve-guests.service"}), {"ftp.service"}) == {}
}

test_silent_where_it_is_dropped if {
	_findings({"units": {"pve-guests.service": {"drop": "gone"}}}, {"pve-guests.service"}) == {}
}
