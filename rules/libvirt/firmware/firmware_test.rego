package rules.libvirt.firmware_test

import data.lib.domains_test
import data.lib.efivars_test
import data.rules.libvirt.firmware

test_secure_boot_needs_its_build if {
	parts := firmware.parts with input as efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {"machine": "q35"})
	domains_test.value(parts, "os.loader") == {"readonly": true, "secure": true, "type": "pflash", "path": "/etc/ovmf/secure/FV/OVMF_CODE.fd"}
	domains_test.value(parts, "os.nvram") == {"template": "/etc/ovmf/secure/FV/OVMF_VARS.fd", "path": "/var/lib/libvirt/qemu/nvram/pve-100_VARS.fd"}
	domains_test.value(parts, "features.smm.state") == true
	settings := firmware.settings with input as efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {"machine": "q35"})
	{s.option[2]: s.value | some s in settings} == {"ovmf/secure": {"_ref": ["pkgs", "OVMFFull", "fd"]}}
}

test_i440fx_takes_the_plain_one if {
	parts := firmware.parts with input as efivars_test.host("zfs:vm-100-disk-0,efitype=4m", {})
	domains_test.value(parts, "os.loader").path == "/etc/ovmf/plain/FV/OVMF_CODE.fd"
	not domains_test.value(parts, "features.smm.state")
}

test_seabios_needs_nothing if {
	count(firmware.parts) == 0 with input as domains_test.vm({"bios": "seabios"})
	count(firmware.settings) == 0 with input as domains_test.vm({"bios": "seabios"})
}

test_other_architectures_let_qemu_choose if {
	parts := firmware.parts with input as domains_test.vm({"arch": "aarch64", "bios": "ovmf"})
	{p.path: p.value | some p in parts} == {["os", "firmware"]: "efi"}
}
