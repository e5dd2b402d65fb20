package rules.libvirt.machine_words_test

import data.rules.libvirt.machine_words

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_machine(type) := {"key": "machine", "value": "x", "fields": [{"name": "type", "value": type}, {"name": "viommu", "value": "virtio"}]}

test_fires_on_an_iommu_of_an_i440fx_and_a_level if {
	machine_words.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"words": "100 level, 100 viommu"}}} with input as _host([_machine("pc"), {"key": "cpu", "value": "x", "fields": [{"name": "cputype", "value": "host"}, {"name": "level", "value": "30"}]}])
}

test_silent_on_q35 if {
	count(machine_words.findings) == 0 with input as _host([_machine("q35"), {"key": "cpu", "value": "host", "fields": [{"name": "cputype", "value": "host"}]}])
}
