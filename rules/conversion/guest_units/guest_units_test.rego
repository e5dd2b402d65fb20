package rules.conversion.guest_units_test

import data.rules.conversion.guest_units

_guest(vmid, type, order) := {"vmid": vmid, "type": type, "local": true, "config": [
	{"key": "onboot", "value": "1"},
	{"key": "startup", "value": order, "fields": [{"name": "order", "value": order}]},
	{"key": "rootfs", "value": "local:subvol", "fields": []},
]}

_units(target, guests) := x if {
	x := [unit | some p in guest_units.plans; p.path == ["start"]; some unit in p.value] with input as _host(guests)
		with data.target as target
		with data.lib.lxc.ready as {g.vmid | some g in guests; g.type == "lxc"}
}

_host(guests) := {"guests": guests, "units": [], "system": {"cron": []}, "cluster": {"ha_resources": [], "nodes": []}, "storage": {"storages": []}, "mappings": [], "host": {"name": "pve"}}

test_containers_stand_in_the_order_of_pve if {
	guests := [_guest(100, "qemu", "2"), _guest(200, "lxc", "3"), _guest(201, "lxc", "1")]
	_units("proxmox", guests) == ["lxc-201.service", "pve-guests.service", "lxc-200.service"]
	_units("libvirt", guests) == ["lxc-201.service", "libvirt-start.service", "lxc-200.service"]
}

test_incus_starts_its_instances_itself if {
	_units("incus", [_guest(100, "qemu", "2")]) == ["incus-instances.service"]
}

test_stores_start_before_guests_and_jobs_after_them if {
	found := {p.path[0]: p.value | some p in guest_units.plans} with input as object.union(_host([_guest(100, "qemu", "1")]), {
		"storage": {"storages": [], "ceph": {"daemons": ["mgr.pve", "mon.pve", "osd.3"], "config": [{"key": "global.fsid", "value": "11111111-2222-3333-4444-555555555555"}]}},
		"system": {"cron": [{"source": "/etc/cron.d/mine:3", "program": "/usr/bin/rsync"}]},
	})
		with data.target as "libvirt"
	found == {"start": ["ceph-mon-pve.service", "ceph-volume-all.service", "ceph-osd-3.service", "libvirt-start.service"], "jobs": ["cron.service"]}
}

test_a_host_without_guests_starts_none if {
	_units("proxmox", []) == []
	_units("libvirt", []) == []
	_units("incus", []) == []
}

test_containers_that_were_declined_are_not_started if {
	guests := [_guest(100, "qemu", "2"), _guest(200, "lxc", "3")]
	units := _units("libvirt", guests) with data.answers as {"bridges": {"container": "no"}}
	units == ["libvirt-start.service"]
}
