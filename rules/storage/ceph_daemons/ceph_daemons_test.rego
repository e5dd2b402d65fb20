package rules.storage.ceph_daemons_test

import data.rules.storage.ceph_daemons

_host(daemons) := {"storage": {"ceph": {"daemons": daemons}}}

_configured(source) := {"storage": {"ceph": {"daemons": ["mon.pve1"], "config": [{"key": "global.fsid", "value": "x", "source": source}]}}}

test_carries_the_store_of_a_monitor_and_no_disk if {
	{c.path | some c in ceph_daemons.carries} == {"/var/lib/ceph/mon/ceph-pve1", "/var/lib/ceph/bootstrap-osd"} with input as _host(["mon.pve1", "osd.0"])
}

test_refuses_hostile_ids if {
	count(ceph_daemons.carries) == 0 with input as _host(["mon.$(id)", "osd.0; reboot"])
}

test_carries_what_pveceph_left_beside_the_configuration if {
	{c.path | some c in ceph_daemons.carries} == {"/var/lib/ceph/mon/ceph-pve1", "/etc/ceph/ceph.client.admin.keyring", "/etc/ceph/rbdmap"} with input as _configured("/etc/pve/ceph.conf:2")
}

test_a_configuration_of_the_host_alone_has_its_files_elsewhere if {
	{c.path | some c in ceph_daemons.carries} == {"/var/lib/ceph/mon/ceph-pve1"} with input as _configured("/etc/ceph/ceph.conf:2")
}
