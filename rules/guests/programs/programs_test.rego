package rules.guests.programs_test

import data.rules.guests.programs

_host(type, config) := {"guests": [{"vmid": 100, "type": type, "local": true, "config": config}]}

_tpm := {"key": "tpmstate0", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-1"}]}

_cloud_init := {"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-cloudinit"}, {"name": "media", "value": "cdrom"}]}

_settings(host) := found if {
	set := programs.settings with input as host
	found := {[concat("/", s.option), s.value, s.at] | some s in set}
}

_of_every_vm := {
	["systemd/tmpfiles/settings/10-qm//usr/sbin/qm/L+/argument", "/run/current-system/sw/bin/qm", ["/guests/0"]],
	["systemd/services/qmeventd/path", ["/run/current-system/sw"], ["/guests/0"]],
}

test_every_vm_needs_qm_at_its_end if {
	_settings(_host("qemu", [])) == _of_every_vm
}

test_a_tpm_needs_its_emulator_everywhere if {
	_settings(_host("qemu", [_tpm])) == _of_every_vm | {
		["environment/systemPackages", [{"_ref": ["pkgs", "swtpm"]}], ["/guests/0/config/0"]],
		["systemd/services/pvescheduler/path", [{"_ref": ["pkgs", "swtpm"]}], ["/guests/0/config/0"]],
	}
}

test_cloud_init_needs_the_maker_of_its_drive if {
	_settings(_host("qemu", [_cloud_init])) == _of_every_vm | {["environment/systemPackages", [{"_ref": ["pkgs", "cdrkit"]}], ["/guests/0/config/0"]]}
}

test_silent_on_a_container if {
	_settings(_host("lxc", [])) == set()
}
