package rules.storage.nfs_exports_test

import data.rules.storage.nfs_exports

_host(values, state) := {
	"packages": [{"name": "nfs-kernel-server", "status": "installed"}],
	"units": [{"name": "nfs-server.service", "active_state": state, "file_state": "enabled"}],
	"config_files": [{"path": "/etc/exports", "properties": [{"key": "x", "value": v} | some v in values]}],
}

_options(host) := x if x := {concat(".", s.option): s | some s in nfs_exports.settings} with input as host

test_exports_of_a_server_are_kept if {
	options := _options(_host(["/tank/media 192.0.2.0/24(ro,all_squash,anonuid=1500)", "/srv *(rw) [2001:db8::]/64(ro)"], "active"))
	options["services.nfs.server.exports"].value == "/tank/media 192.0.2.0/24(ro,all_squash,anonuid=1500)\n/srv *(rw) [2001:db8::]/64(ro)\n"
	options["services.nfs.server.exports"].at == ["/config_files/0/properties/0", "/config_files/0/properties/1"]
	options["services.nfs.server.enable"].at == ["/packages/0", "/units/0"]
}

test_strange_lines_are_left if {
	count(_options(_host(["/a", "/b x(ro)\n/c *(rw)", `"/with blank" *(ro)`], "active"))) == 0
}

test_silent_where_no_server_is_installed if {
	count(_options(object.union(_host(["/a *(ro)"], "active"), {"packages": [{"name": "nfs-common", "status": "installed"}]}))) == 0
}
