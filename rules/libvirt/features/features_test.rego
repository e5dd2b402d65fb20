package rules.libvirt.features_test

import data.lib.cpus_test
import data.lib.domains_test
import data.rules.libvirt.features

_parts(config) := parts if {
	parts := features.parts with input as object.union(cpus_test.host(config, {}), {"hardware": {"cpu": {"vendor": "GenuineIntel"}}}) with data.catalog as cpus_test.tables
}

test_a_guest_has_acpi if {
	domains_test.value(_parts({"ostype": "l26"}), "features.acpi") == true
	domains_test.value(_parts({"ostype": "l26"}), "features.apic") == true
	not domains_test.value(_parts({"acpi": "0"}), "features.acpi")
	not domains_test.value(_parts({"arch": "aarch64"}), "features.apic")
}

test_windows_is_told_of_its_hypervisor if {
	parts := _parts({"ostype": "win10"})
	domains_test.value(parts, "features.hyperv.spinlocks") == {"state": true, "retries": 8191}
	domains_test.value(parts, "features.hyperv.stimer") == {"state": true}
	not domains_test.value(parts, "features.hyperv.vendor_id")
	not domains_test.value(parts, "features.hyperv.evmcs.state")
	not domains_test.value(_parts({"ostype": "w2k8"}), "features.hyperv.relaxed")
	domains_test.value(_parts({"ostype": "w2k8"}), "features.hyperv.vapic") == {"state": true}
}

test_others_are_not if {
	count([p | some p in _parts({"ostype": "l26"}); p.path[1] == "hyperv"]) == 0
	count([p | some p in _parts({"ostype": "win7", "bios": "ovmf"}); p.path[1] == "hyperv"]) == 0
	count([p | some p in _parts({"ostype": "win10", "kvm": "0"}); p.path[1] == "hyperv"]) == 0
}

test_the_name_of_the_hypervisor_is_kept if {
	domains_test.value(_parts({"ostype": "win11", "hostpci0": "01:00,x-vga=1"}), "features.hyperv.vendor_id").value == "proxmox"
	domains_test.value(_parts({"ostype": "win11", "cpu": "host,hv-vendor-id=acme"}), "features.hyperv.vendor_id").value == "acme"
	not domains_test.value(_parts({"ostype": "win11", "cpu": "host,hv-vendor-id=a b"}), "features.hyperv.vendor_id")
}

test_windows_11_on_intel_is_given_evmcs if {
	domains_test.value(_parts({"ostype": "win11", "machine": "pc-q35-11.0+pve2"}), "features.hyperv.evmcs.state") == true
	not domains_test.value(_parts({"ostype": "win11", "machine": "pc-q35-11.0+pve1"}), "features.hyperv.evmcs.state")
	not domains_test.value(_parts({"ostype": "win11", "machine": "pc-q35-11.0+pve2", "cpu": "host,flags=-hv-evmcs"}), "features.hyperv.evmcs.state")
}
