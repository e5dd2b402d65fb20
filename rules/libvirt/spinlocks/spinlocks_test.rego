package rules.libvirt.spinlocks_test

import data.rules.libvirt.spinlocks

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_guests_are_told if {
	spinlocks.parts == {{"at": ["/guests/0"], "document": ["domains", "100"], "path": ["features", "pvspinlock", "state"], "value": true}} with input as _host([])
}

test_a_flag_switches_it_off if {
	{p.value | some p in spinlocks.parts} == {false} with input as _host([{"key": "cpu", "value": "host,flags=-kvm_pv_unhalt", "fields": [{"name": "cputype", "value": "host"}, {"name": "flags", "value": "-kvm_pv_unhalt"}]}])
}

test_emulated_guests_have_none if {
	count(spinlocks.parts) == 0 with input as _host([{"key": "kvm", "value": "0", "fields": []}])
}

test_arm_has_none if {
	count(spinlocks.parts) == 0 with input as _host([{"key": "arch", "value": "aarch64", "fields": []}])
}
