package rules.storage.nfs_ids_test

import data.rules.storage.nfs_ids

_host(value) := {"config_files": [{"path": "/etc/idmapd.conf", "properties": [{"key": "General.Verbosity", "value": "0"}, {"key": "General.Domain", "value": value}]}]}

test_the_same_domain if {
	nfs_ids.settings == {{"at": ["/config_files/0/properties/1"], "option": ["services", "nfs", "idmapd", "settings", "General", "Domain"], "value": "office.example.net"}} with input as _host("office.example.net")
}

test_none_that_is_no_domain if {
	count(nfs_ids.settings) == 0 with input as _host("a b")
}
