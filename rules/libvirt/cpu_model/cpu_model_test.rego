package rules.libvirt.cpu_model_test

import data.lib.cpus_test
import data.lib.domains_test
import data.rules.libvirt.cpu_model

_parts(config) := parts if {
	parts := cpu_model.parts with input as cpus_test.host(config, {"ice": {"reported-model": "Icelake-Server-v2", "phys-bits": "host"}}) with data.catalog as cpus_test.tables
}

test_the_processor_of_the_host if {
	parts := _parts({"cpu": "host,flags=+pcid"})
	domains_test.value(parts, "cpu.mode") == "host-passthrough"
	domains_test.value(parts, "cpu.features.pcid.policy") == "require"
	not domains_test.value(parts, "cpu.model")
	domains_test.value(_parts({"cpu": "max"}), "cpu.mode") == "maximum"
}

test_a_level_is_a_model_with_flags if {
	parts := _parts({"cpu": "x86-64-v2-AES"})
	domains_test.value(parts, "cpu.mode") == "custom"
	domains_test.value(parts, "cpu.check") == "partial"
	domains_test.value(parts, "cpu.model") == {"fallback": "forbid", "value": "qemu64"}
	domains_test.value(parts, "cpu.features.aes.policy") == "require"
	domains_test.value(parts, "cpu.features.svm.policy") == "disable"
	domains_test.value(_parts({"kvm": "0"}), "cpu.check") == "none"
}

test_own_models_are_theirs if {
	parts := _parts({"cpu": "custom-ice,flags=+hv-tlbflush;-hv-evmcs"})
	domains_test.value(parts, "cpu.model").value == "Icelake-Server-noTSX"
	domains_test.value(parts, "cpu.maxphysaddr") == {"mode": "passthrough"}
	domains_test.value(parts, "features.hyperv.tlbflush.state") == true
	domains_test.value(parts, "features.hyperv.evmcs.state") == false
	domains_test.value(_parts({"cpu": "host,phys-bits=40,hidden=1"}), "cpu.maxphysaddr") == {"mode": "emulate", "bits": 40}
	domains_test.value(_parts({"cpu": "host,hidden=1"}), "features.kvm.hidden.state") == true
}

test_a_model_that_nobody_knows_says_nothing if {
	count(_parts({"cpu": "strange,flags=+made-up"})) == 0
	count(_parts({"cpu": "custom-gone,flags=+pcid"})) == 0
}
