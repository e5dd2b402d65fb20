package rules.libvirt.machine_test

import data.lib.domains_test
import data.rules.libvirt.machine

_catalog := {"libvirt_qemu": {"24.11": {"newest": "9.1", "oldest": "2.4"}}}

_parts(config) := parts if {
	parts := machine.parts with input as domains_test.vm(config) with data.release as "24.11" with data.catalog as _catalog
}

test_the_version_stays if {
	parts := _parts({"machine": "pc-q35-9.0"})
	domains_test.value(parts, "type") == "kvm"
	domains_test.value(parts, "os.type.arch") == "x86_64"
	domains_test.value(parts, "os.type.machine") == "pc-q35-9.0"
	domains_test.value(parts, "os.type.value") == "hvm"
	domains_test.value(parts, "on_reboot") == "restart"
	not domains_test.value(parts, "pm.suspend_to_mem.enabled")
	domains_test.value(_parts({"machine": "pc-i440fx-7.2"}), "os.type.machine") == "pc-i440fx-7.2"
}

test_windows_keeps_the_machine_that_it_was_made_with if {
	domains_test.value(_parts({"ostype": "win10"}), "os.type.machine") == "pc-i440fx-5.1"
	domains_test.value(_parts({"ostype": "win11", "machine": "q35", "meta": "creation-qemu=9.1.0"}), "os.type.machine") == "pc-q35-9.1"
}

test_a_machine_that_is_too_new_becomes_the_newest if {
	domains_test.value(_parts({"machine": "pc-q35-9.2+pve1"}), "os.type.machine") == "q35"
	domains_test.value(_parts({"machine": "pc-i440fx-2.3"}), "os.type.machine") == "pc"
	domains_test.value(_parts({"name": "a"}), "os.type.machine") == "pc"
}

test_sleep_states_are_those_of_the_revision if {
	parts := _parts({"machine": "pc-q35-9.2+pve1,enable-s4=1"})
	domains_test.value(parts, "pm.suspend_to_mem.enabled") == false
	domains_test.value(parts, "pm.suspend_to_disk.enabled") == true
}

test_without_kvm_it_is_emulated if {
	domains_test.value(_parts({"kvm": "0", "reboot": "0"}), "type") == "qemu"
	domains_test.value(_parts({"kvm": "0", "reboot": "0"}), "on_reboot") == "destroy"
	parts := _parts({"arch": "aarch64"})
	domains_test.value(parts, "type") == "qemu"
	domains_test.value(parts, "os.type.machine") == "virt"
}

test_the_guest_has_its_iommu if {
	domains_test.value(_parts({"machine": "q35,viommu=virtio"}), "devices.iommu.model") == "virtio"
	parts := _parts({"machine": "q35,viommu=intel,aw-bits=48"})
	domains_test.value(parts, "devices.iommu.driver.aw_bits") == 48
	domains_test.value(parts, "features.ioapic.driver") == "qemu"
	not domains_test.value(_parts({"machine": "pc,viommu=intel"}), "devices.iommu.model")
}
