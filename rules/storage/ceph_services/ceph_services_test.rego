package rules.storage.ceph_services_test

import data.rules.storage.ceph_services

_id := "26bbca50-a79d-4251-ad3c-e613fcdc4876"

_host(daemons, lines) := {
	"units": [{"name": "ceph-mon@ceph1.service", "file_state": "enabled"}, {"name": "ceph-osd@0.service", "file_state": "enabled"}, {"name": "ceph-osdx.service"}],
	"storage": {"ceph": {"daemons": daemons, "config": [{"key": l[0], "value": l[1], "source": "/etc/pve/ceph.conf:1"} | some l in lines]}},
}

_options(host) := x if {
	x := {concat(".", s.option): s.value | some s in ceph_services.settings} with input as host
}

test_the_whole_file_becomes_options if {
	_options(_host(["mon.ceph1"], [
		["global.fsid", _id],
		["global.mon_host", "192.0.2.1 192.0.2.2"],
		["global.cluster network", "198.51.100.1/24"],
		["global.auth_client_required", "cephx"],
		["global.mon_allow_pool_delete", "true"],
		["mon.ceph2.public_addr", "192.0.2.2"],
		["mon.debug_mon", "1/5"],
		["mds.mds_cache_memory_limit", "8G"],
		["client.keyring", "/etc/pve/priv/$cluster.$name.keyring"],
	])) == {
		"services.ceph.enable": true,
		"services.ceph.client.enable": true,
		"services.ceph.mon.enable": true,
		"services.ceph.mon.daemons": ["ceph1"],
		"services.ceph.global.fsid": _id,
		"services.ceph.global.monHost": "192.0.2.1,192.0.2.2",
		"services.ceph.global.monInitialMembers": "ceph1,ceph2",
		"services.ceph.global.clusterNetwork": "198.51.100.1/24",
		"services.ceph.global.authClientRequired": "cephx",
		"services.ceph.extraConfig.mon_allow_pool_delete": "true",
		"services.ceph.mon.extraConfig.debug_mon": "1/5",
		"services.ceph.client.extraConfig.mds.mds_cache_memory_limit": "8G",
		"services.ceph.client.extraConfig.mon.ceph2.public_addr": "192.0.2.2",
	}
}

test_volumes_are_activated_before_osds if {
	options := _options(_host(["osd.0", "osd.10"], [["global.fsid", _id], ["global.mon_initial_members", "a"]]))
	options["services.ceph.osd.daemons"] == ["0", "10"]
	options["services.ceph.osd.extraConfig"] == {}
	options["systemd.services.ceph-volume-all.before"] == ["ceph-osd-0.service", "ceph-osd-10.service"]
	options["services.ceph.global.monInitialMembers"] == "a"
	{s.at | some s in ceph_services.settings; s.option == ["services", "ceph", "osd", "enable"]} == {["/units/1"]} with input as _host(["osd.0"], [["global.fsid", _id]])
}

test_a_section_of_osds_takes_the_place_of_the_defaults if {
	options := _options(_host(["osd.0"], [["global.fsid", _id], ["osd.osd_memory_target", "6G"]]))
	options["services.ceph.osd.extraConfig.osd_memory_target"] == "6G"
	not options["services.ceph.osd.extraConfig"]
}

test_of_a_key_that_repeats_the_last_line_holds if {
	host := _host([], [["global.fsid", _id], ["global.public network", "192.0.2.0/24"], ["global.public_network", "198.51.100.0/24"]])
	{[s.at, s.value] | some s in ceph_services.settings; s.option[3] == "publicNetwork"} == {[["/storage/ceph/config/1", "/storage/ceph/config/2"], "198.51.100.0/24"]} with input as host
}

test_silent_without_the_id_of_a_cluster if {
	_options(_host(["mon.nas", "osd.0"], [])) == {}
	_options(_host(["mon.nas"], [["global.fsid", "x; reboot"]])) == {}
}

test_refuses_what_is_no_line_of_the_file if {
	options := _options(_host([], [["global.fsid", _id], ["global.Evil\n[x]", "1"], ["global.auth_client_required", "maybe"], ["client.crash.keyring", "/etc/pve/ceph/$cluster.$name.keyring"]]))
	options == {"services.ceph.enable": true, "services.ceph.client.enable": true, "services.ceph.global.fsid": _id}
}

test_units_of_volumes_are_those_of_osds if {
	host := object.union(_host([], [["global.fsid", _id]]), {"units": [{"name": "ceph-volume@lvm-7-9830cf4b-f7be-4fd1-a735-68c86d2c90d0.service", "file_state": "enabled"}]})
	{s.at | some s in ceph_services.settings; s.option == ["services", "ceph", "osd", "enable"]} == {["/units/0"]} with input as host
}
