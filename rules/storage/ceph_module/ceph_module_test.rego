package rules.storage.ceph_module_test

import data.rules.storage.ceph_module

_host(daemons) := {"storage": {"ceph": {"daemons": daemons}}}

_options(daemons) := x if {
	x := {concat(".", array.slice(s.option, 3, 5)): s.value | some s in ceph_module.settings} with input as _host(daemons)
}

test_starts_all_kinds if {
	_options(["mon.pve1", "mgr.pve1", "osd.0", "osd.10"]) == {
		"enable": true,
		"mon.enable": true, "mon.daemons": ["pve1"],
		"mgr.enable": true, "mgr.daemons": ["pve1"],
		"osd.enable": true, "osd.daemons": ["0", "10"],
	}
}

test_finds_osds_by_the_units_that_activate_them if {
	{s.value | some s in ceph_module.settings; s.option[3] == "osd"; s.option[4] == "daemons"} == {["4"]} with input as {
		"units": [{"name": "ceph-volume@lvm-4-9830cf4b-f7be-4fd1-a735-68c86d2c90d0.service", "file_state": "enabled", "drop_ins": []}],
		"storage": {"ceph": {"daemons": []}},
	}
}

test_refuses_hostile_ids if {
	_options(["osd.0; reboot", "mon.$(id)"]) == {}
}

test_without_an_osd_the_module_does_not_evaluate if {
	_options(["mon.pve1"]) == {}
}

_configured(source) := {"storage": {"ceph": {"daemons": ["mon.pve1"], "config": [{"key": "global.fsid", "value": "x", "source": source}]}}}

test_the_configuration_is_linked_where_ceph_reads_it if {
	some s in ceph_module.settings with input as _configured("/etc/pve/ceph.conf:2")
	s.option[4] == "/etc/ceph/ceph.conf"
	s.value == "/etc/pve/ceph.conf"
}

test_a_configuration_of_the_host_alone_is_not_linked if {
	count(ceph_module.settings) == 0 with input as _configured("/etc/ceph/ceph.conf:2")
}
