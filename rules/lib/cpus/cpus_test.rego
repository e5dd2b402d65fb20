package lib.cpus_test

import data.lib.cpus
import data.lib.domains
import data.lib.domains_test

# METADATA
# title: Tables as the catalog has them
tables := {
	"libvirt_cpu_levels": {"x86-64-v2-AES": "+aes;+sse4.2"},
	"libvirt_cpu_flags": {"aes": "aes", "lahf_lm": "lahf_lm", "md-clear": "md-clear", "pcid": "pcid", "rdtscp": "rdtscp", "sep": "sep", "sse4.2": "sse4.2", "svm": "svm", "vmx": "vmx", "x2apic": "x2apic"},
	"libvirt_cpu_models": {"qemu64": {"model": "qemu64", "exact": true}, "kvm64": {"model": "kvm64", "exact": true}, "Icelake-Server-v2": {"model": "Icelake-Server-noTSX", "exact": true}, "EPYC-Turin": {"model": "EPYC-Genoa", "exact": false}},
}

# METADATA
# title: A host with a virtual machine and models of its own
host(config, models) := object.union(domains_test.vm(config), {
	"hardware": {"cpu": {"vendor": "AuthenticAMD"}},
	"mappings": [{"type": "cpu-model", "id": id, "properties": [{"key": key, "value": value, "fields": []} | some key, value in model]} | some id, model in models],
})

_model(config) := name if {
	name := cpus.model(domains.list[100]) with input as host(config, {"ice": {"reported-model": "Icelake-Server-v2"}, "plain": {"hidden": "0"}}) with data.catalog as tables
}

_flags(config) := found if {
	found := cpus.flags(domains.list[100]) with input as host(config, {"ice": {"flags": "-md-clear;+aes"}}) with data.catalog as tables
}

test_models_are_resolved if {
	_model({"name": "a"}) == "kvm64"
	_model({"kvm": "0"}) == "qemu64"
	_model({"cpu": "x86-64-v2-AES"}) == "qemu64"
	_model({"cpu": "custom-ice"}) == "Icelake-Server-v2"
	_model({"cpu": "custom-plain"}) == "kvm64"
	_model({"cpu": "EPYC"}) == "EPYC"
	not _model({"cpu": "custom-gone"})
}

test_flags_come_from_level_model_and_guest if {
	_flags({"cpu": "x86-64-v2-AES,flags=-aes;+pcid"}) == {"aes": "disable", "pcid": "require", "sse4.2": "require", "svm": "disable"}
	_flags({"cpu": "custom-ice,flags=+md-clear;+nested-virt;x"}) == {"aes": "require", "lahf_lm": "require", "md-clear": "require", "sep": "require", "svm": "require"}
	_flags({"cpu": "kvm32"}) == {"sep": "require"}
	_flags({"cpu": "Opteron_G5"}) == {"rdtscp": "disable"}
	_flags({"cpu": "host", "ostype": "solaris"}) == {"x2apic": "disable"}
}

test_flags_without_a_name_are_known if {
	cpus.unknown(domains.list[100]) == {"made-up"} with input as host({"cpu": "host,flags=+made-up;+aes;+hv-tlbflush"}, {}) with data.catalog as tables
}

test_kvm_is_hidden_where_asked if {
	cpus.hidden(domains.list[100]) with input as host({"cpu": "host,hidden=1"}, {})
	cpus.hidden(domains.list[100]) with input as host({"hostpci0": "01:00,x-vga=1"}, {})
	not cpus.hidden(domains.list[100]) with input as host({"cpu": "host,hidden=0", "hostpci0": "01:00,x-vga=1"}, {})
}

test_facts_are_those_of_guest_and_model if {
	cpus.at(domains.list[100]) == ["/guests/0/config/0", "/mappings/0/properties/0"] with input as host({"cpu": "custom-ice"}, {"ice": {"flags": "+aes"}})
}
