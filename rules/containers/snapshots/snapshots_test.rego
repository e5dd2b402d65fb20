package rules.containers.snapshots_test

import data.rules.containers.snapshots

_host(type, local) := {"guests": [{"vmid": 202, "type": type, "local": local, "config": [], "snapshots": [{"name": "before-v6", "config": []}]}]}

test_fires_on_a_container if {
	snapshots.findings == {{"at": ["/guests/0/snapshots/0"], "vars": {"snapshots": "before-v6 (202)"}}} with input as _host("lxc", true)
}

test_silent_on_a_virtual_machine if {
	count(snapshots.findings) == 0 with input as _host("qemu", true)
}

test_silent_on_a_container_of_another_node if {
	count(snapshots.findings) == 0 with input as _host("lxc", false)
}

test_silent_where_a_unit_puts_all_back if {
	root := {"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "tank:subvol-202-disk-0"}]}
	count(snapshots.findings) == 0 with input as {
		"host": {"name": "pve1"},
		"storage": {"storages": [{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank"}]}]},
		"guests": [{"vmid": 202, "type": "lxc", "local": true, "config": [root], "snapshots": [{"name": "before-v6", "config": [root]}]}],
	}
		with data.target as "proxmox"
}
