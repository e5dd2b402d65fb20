package lib.domains_test

import data.lib.domains

# METADATA
# title: A host with one virtual machine
vm(config) := host([{"vmid": 100, "config": config}])

# METADATA
# title: A host with virtual machines
host(list) := {"guests": [{"vmid": v.vmid, "type": "qemu", "local": true, "config": [_property(key, value) | some key, value in v.config]} | some v in list]}

# METADATA
# title: The pointer of a key of a machine of one virtual machine
at(config, key) := sprintf("/guests/0/config/%d", [i]) if {
	some i, k in [k | some k, _ in config]
	k == key
}

_defaults := {"agent": "enabled", "cpu": "cputype", "hostpci0": "host", "machine": "type", "memory": "current", "vga": "type", "watchdog": "model"}

_property(key, value) := {"key": key, "value": value, "fields": [_field(key, word) | some word in split(value, ",")]}

_field(key, word) := {"name": substring(word, 0, indexof(word, "=")), "value": substring(word, indexof(word, "=") + 1, -1)} if {
	contains(word, "=")
} else := {"name": object.get(_defaults, key, "file"), "value": word}

# METADATA
# title: What a rule says of a document, by path
value(parts, path) := p.value if {
	some p in parts
	concat(".", p.path) == path
}

test_a_name_that_two_have_gets_the_vmid if {
	config := [{"vmid": 100, "config": {"name": "web"}}, {"vmid": 101, "config": {"name": "web"}}, {"vmid": 102, "config": {"name": "db"}}, {"vmid": 103, "config": {"name": "../etc"}}]
	domains.names == {100: "web-100", 101: "web-101", 102: "db", 103: "vm103"} with input as host(config)
	domains.shared == {"web": {100, 101}} with input as host(config)
}

test_a_machine_keeps_its_version if {
	domains.machine(domains.list[100]) == {"version": "9.2", "series": 9002, "pve": 1} with input as vm({"machine": "pc-q35-9.2+pve1"})
	domains.q35(domains.list[100]) with input as vm({"machine": "pc-q35-9.2+pve1"})
	not domains.machine(domains.list[100]) with input as vm({"machine": "q35"})
	not domains.q35(domains.list[100]) with input as vm({"machine": "pc-i440fx-9.2"})
}

test_windows_is_pinned_to_what_made_it if {
	domains.machine(domains.list[100]).version == "10.0" with input as vm({"ostype": "win11", "meta": "creation-qemu=10.0.2,ctime=1"})
	domains.machine(domains.list[100]).version == "5.1" with input as vm({"ostype": "win11", "meta": "creation-qemu=8.1.5,ctime=1"})
}

test_revisions_of_pve_count_where_they_are_named if {
	g := domains.list[100] with input as vm({"machine": "pc-q35-9.2+pve1"})
	domains.at_least(g, 9002, 1)
	not domains.at_least(g, 10000, 0)
	older := domains.list[100] with input as vm({"machine": "pc-q35-9.2"})
	not domains.at_least(older, 9002, 1)
	domains.at_least(older, 9002, 0)
	newest := object.union(vm({"machine": "q35"}), {"packages": [{"name": "pve-qemu-kvm", "status": "installed", "version": "9.2.0-5"}]})
	domains.at_least(domains.list[100], 9002, 1) with input as newest
	not domains.at_least(domains.list[100], 10000, 1) with input as newest
}

test_numbers_have_defaults if {
	domains.memory(domains.list[100]) == 512 with input as vm({"name": "a"})
	domains.memory(domains.list[100]) == 512 with input as vm({"memory": "much"})
	domains.memory(domains.list[100]) == 4096 with input as vm({"memory": "4096"})
	domains.sockets(domains.list[100]) == 2 with input as vm({"smp": "2"})
	domains.sockets(domains.list[100]) == 1 with input as vm({"smp": "2", "sockets": "1"})
	domains.cores(domains.list[100]) == 1 with input as vm({"cores": "0"})
}

test_a_card_of_the_host_is_the_display if {
	domains.display(domains.list[100]) == "none" with input as vm({"hostpci0": "01:00,x-vga=1"})
	domains.display(domains.list[100]) == "std" with input as vm({"hostpci0": "01:00"})
	domains.display(domains.list[100]) == "std" with input as vm({"vga": "strange"})
	domains.display(domains.list[100]) == "cirrus" with input as vm({"ostype": "wxp"})
	domains.spice(domains.list[100]) with input as vm({"vga": "qxl2"})
}

test_what_can_be_plugged if {
	domains.hotplug(domains.list[100]) == {"disk", "network", "usb"} with input as vm({"hotplug": "1"})
	domains.hotplug(domains.list[100]) == {"disk", "network", "usb"} with input as vm({"name": "a"})
	domains.hotplug(domains.list[100]) == {"memory"} with input as vm({"hotplug": "memory"})
	domains.hotplug(domains.list[100]) == set() with input as vm({"hotplug": "0"})
}

test_own_models_are_known_by_name if {
	domains.cpu_models == {"a": {}} with input as {"mappings": [{"type": "cpu-model", "id": "a", "properties": []}, {"type": "pci", "id": "b", "properties": []}]}
}

test_guests_start_in_their_order if {
	[s.vmid | some s in domains.started] == [102, 101, 100] with input as host([
		{"vmid": 100, "config": {"onboot": "1"}},
		{"vmid": 101, "config": {"onboot": "1", "startup": "order=2,up=30"}},
		{"vmid": 102, "config": {"onboot": "1", "startup": "order=1"}},
		{"vmid": 103, "config": {"onboot": "0"}},
		{"vmid": 104, "config": {"onboot": "1", "template": "1"}},
	])
}

test_the_document_is_named_by_vmid if {
	domains.document(100) == ["domains", "100"]
	domains.at(domains.list[100], ["gone"]) == ["/guests/0"] with input as vm({"kvm": "0"})
	domains.emulated(domains.list[100]) with input as vm({"kvm": "0"})
	domains.uefi(domains.list[100]) with input as vm({"bios": "ovmf"})
	domains.at(domains.list[100], ["kvm", "gone"]) == ["/guests/0/config/0"] with input as vm({"kvm": "0"})
	domains.name(100) == "a" with input as vm({"name": "a"})
	at({"bios": "ovmf", "kvm": "0"}, "kvm") == "/guests/0/config/1"
	value([{"path": ["a", "b"], "value": 1}], "a.b") == 1
}

# The HA manager starts its guests whatever onboot says.
test_a_guest_under_ha_is_started if {
	vmids := [s.vmid | some s in domains.started] with input as {
		"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 101, "type": "qemu", "local": true, "config": []}],
		"cluster": {"ha_resources": [{"type": "vm", "id": "100", "properties": []}, {"type": "vm", "id": "101", "properties": [{"key": "state", "value": "stopped"}]}]},
	}
	vmids == [100]
}
