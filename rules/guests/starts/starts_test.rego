package rules.guests.starts_test

import data.rules.guests.starts

_host(type, guest) := {
	"units": [{"name": "pve-guests.service", "file_state": "enabled"}],
	"storage": {"storages": [{"type": type, "id": "tank", "properties": []}]},
	"guests": [{"vmid": 100, "type": guest, "local": true, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]}]}],
}

_options(host) := options if {
	set := starts.settings with input as host
	options := {concat(".", array.slice(s.option, 3, 5)): s.value | some s in set}
}

test_a_guest_on_zfs_needs_the_tools if {
	_options(_host("zfspool", "qemu")) == {"serviceConfig.TimeoutStopSec": "infinity", "path": [{"_ref": ["pkgs", "zfs"]}]}
}

test_a_guest_on_lvm_needs_time_only if {
	_options(_host("lvmthin", "qemu")) == {"serviceConfig.TimeoutStopSec": "infinity"}
}

test_silent_without_virtual_machines if {
	_options(_host("zfspool", "lxc")) == {}
}

_delayed(delay) := object.union(_host("lvmthin", "qemu"), {"cluster": {"nodes": [{"name": "pve1", "local": true, "config": [{"key": "startall-onboot-delay", "value": delay}]}]}})

test_waits_before_the_first_guest if {
	found := {s.at[0]: s.value | some s in starts.settings; s.option[4] == "ExecStartPre"} with input as _delayed("20")
	found == {"/cluster/nodes/0/config/0": "/run/current-system/sw/bin/sleep 20"}
}

test_does_not_wait_for_no_time if {
	_options(_delayed("0")) == {"serviceConfig.TimeoutStopSec": "infinity"}
}
