package rules.storage.iscsi_test

import data.rules.storage.iscsi

_host(name, storages) := {"host": {"name": "a"}, "units": [], "storage": {"iscsi": {"initiator_name": name}, "storages": storages}}

_san := [{"type": "iscsi", "id": "san", "properties": []}]

test_keeps_the_name if {
	{s.option[2]: s.value | some s in iscsi.settings} == {"enable": true, "name": "iqn.1993-08.org.debian:01:abc"} with input as _host("iqn.1993-08.org.debian:01:abc", _san)
}

test_silent_where_no_storage_uses_it if {
	count(iscsi.settings) == 0 with input as _host("iqn.1993-08.org.debian:01:abc", [])
}

test_silent_on_a_name_that_is_none if {
	count(iscsi.settings) == 0 with input as _host("x\nInitiatorName=y", _san)
}

_node(startup) := {"host": {"name": "a"}, "units": [], "storage": {"storages": [], "iscsi": {"initiator_name": "iqn.1993-08.org.debian:01:abc", "nodes": [{"target": "iqn.x:b", "startup": startup}]}}}

test_keeps_the_name_for_a_login_at_boot if {
	count(iscsi.settings) == 2 with input as _node("automatic")
	count(iscsi.settings) == 0 with input as _node("manual")
}
