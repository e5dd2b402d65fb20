package rules.access.rights_of_gone_test

import data.rules.access.rights_of_gone

_host(paths, known) := {
	"capture": {"areas": [{"name": area, "status": known} | some area in ["guests", "storage.storages", "access"]]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 101, "type": "lxc", "local": false, "config": []}],
	"storage": {"storages": [{"type": "dir", "id": "local", "properties": []}]},
	"access": {"pools": [{"id": "a/b"}], "acls": [{"path": path} | some path in paths]},
}

test_fires_on_what_is_gone if {
	rights_of_gone.findings == {{"at": ["/access/acls/1", "/access/acls/3", "/access/acls/5"], "vars": {"paths": "/pool/c, /storage/nas, /vms/105"}}} with input as _host(["/vms/100", "/vms/105", "/storage/local", "/storage/nas", "/pool/a/b", "/pool/c"], "known")
}

test_silent_on_what_is_there_and_on_other_nodes_guests if {
	count(rights_of_gone.findings) == 0 with input as _host(["/", "/vms", "/vms/101", "/storage", "/sdn/zones/x", "/pool/a/b"], "known")
}

test_silent_where_the_lists_are_not_complete if {
	count(rights_of_gone.findings) == 0 with input as _host(["/vms/105", "/storage/nas", "/pool/c"], "partial")
}
