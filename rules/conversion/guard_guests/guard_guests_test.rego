package rules.conversion.guard_guests_test

import data.rules.conversion.guard_guests

_waits := ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]

_found(target, guests) := {concat(" ", s.option): s.value |
	some s in guard_guests.settings with data.target as target with input as {
		"host": {"name": "pve"},
		"guests": guests,
		"storage": {"storages": [{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]}]},
		"network": {"interfaces": [], "links": []},
		"cluster": {"ha_resources": []},
	}
}

_on := {"key": "onboot", "value": "1"}

_container := {"vmid": 200, "type": "lxc", "local": true, "config": [_on, {"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "local-lvm:vm-200-disk-0"}]}]}

_vm(config) := {"vmid": 100, "type": "qemu", "local": true, "config": config}

test_containers_wait if {
	_found("libvirt", [_container]) == {"systemd services lxc-200 unitConfig ConditionPathExists": _waits}
	_found("proxmox", [_container])["systemd services lxc-200 unitConfig ConditionPathExists"] == _waits
}

test_machines_wait if {
	_found("proxmox", [_vm([])]) == {
		"systemd services pve-guests unitConfig ConditionPathExists": _waits,
		"systemd services pve-guests unitConfig RefuseManualStart": {"_mkForce": false},
		"systemd services pve-guests unitConfig RefuseManualStop": {"_mkForce": false},
	}
	_found("libvirt", [_vm([_on])]) == {"systemd services libvirt-start unitConfig ConditionPathExists": _waits}
}

test_instances_are_made_after_the_commit if {
	_found("incus", [_vm([_on])]) == {
		"systemd services incus-instances unitConfig ConditionPathExists": _waits,
		"systemd services incus-instances wants": ["incus-preseed.service"],
	}
}

# Near misses: no unit starts a machine that nobody starts, and one of another node is not here.
test_nothing_waits_for_nothing if {
	_found("libvirt", [_vm([])]) == {}
	_found("proxmox", [object.union(_vm([_on]), {"local": false})]) == {}
	_found("incus", []) == {}
}
