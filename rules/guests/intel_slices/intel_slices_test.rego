package rules.guests.intel_slices_test

import data.rules.guests.intel_slices

_host(type) := {
	"host": {"name": "pve1"}, "packages": [],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "onboot", "value": "1"},
		{"key": "hostpci0", "value": "x", "fields": [{"name": "host", "value": "0000:00:02.0"}, {"name": "mdev", "value": type}]},
	]}],
}

_said(type, target) := {concat(".", s.option): s.value | some s in set} if set := intel_slices.settings with input as _host(type) with data.target as target

test_a_slice if {
	_said("i915-GVTg_V5_4", "proxmox") == {"virtualisation.kvmgt.enable": true, "virtualisation.kvmgt.device": "0000:00:02.0"}
	said := _said("i915-GVTg_V5_4", "libvirt")
	said["virtualisation.kvmgt.vgpus.i915-GVTg_V5_4.uuid"] == ["00000000-0000-0000-0000-000000000100"]
	said["systemd.services.libvirt-start.after"] == ["kvmgt-00000000-0000-0000-0000-000000000100.service"]
}

test_silent_on_another_driver if {
	_said("nvidia-46", "libvirt") == {}
}
