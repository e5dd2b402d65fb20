package rules.storage.ceph_mon_host_test

import data.rules.storage.ceph_mon_host

_host(key, status, daemons) := {
	"host": {"name": "a"},
	"capture": {"areas": [{"name": "storage.ceph", "status": status}]},
	"storage": {
		"storages": [{"type": "rbd", "id": "vm", "properties": [{"key": "disable", "value": "1"}]}],
		"ceph": {"config": [{"key": "global.fsid", "value": "x"}, {"key": key, "value": "192.0.2.1"}], "daemons": daemons},
	},
}

test_fires_without_monitors if {
	ceph_mon_host.findings == {{"at": ["/storage/ceph/config"], "vars": {}}} with input as _host("mon.a.host", "known", ["osd.0"])
}

test_fires_on_a_client if {
	count(ceph_mon_host.findings) == 1 with input as json.patch(_host("mon.a.host", "known", []), [{"op": "replace", "path": "/storage/storages/0/properties", "value": []}])
}

test_silent_on_a_client_of_another_cluster if {
	count(ceph_mon_host.findings) == 0 with input as json.patch(_host("mon.a.host", "known", []), [{"op": "replace", "path": "/storage/storages/0/properties", "value": [{"key": "monhost", "value": "192.0.2.1"}]}])
}

test_silent_with_either_spelling if {
	count(ceph_mon_host.findings) == 0 with input as _host("global.mon_host", "known", ["osd.0"])
	count(ceph_mon_host.findings) == 0 with input as _host("global.mon host", "known", ["osd.0"])
}

test_silent_where_nothing_uses_it if {
	count(ceph_mon_host.findings) == 0 with input as _host("mon.a.host", "known", [])
}

test_silent_when_the_file_is_half_known if {
	count(ceph_mon_host.findings) == 0 with input as _host("mon.a.host", "partial", ["osd.0"])
}
