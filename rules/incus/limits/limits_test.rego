package rules.incus.limits_test

import data.rules.incus.limits

_config(type, config) := {p.path[1]: p.value | some p in set} if {
	set := limits.parts with input as {"guests": [{"vmid": 100, "type": type, "local": true, "config": [{"key": k, "value": v, "fields": [{"name": name, "value": f} | some name, f in _fields[k]]} | some k, v in config]}]}
}

_fields := {"numa0": {"hostnodes": "0"}, "numa1": {"hostnodes": "1-2"}}

test_a_guest_with_defaults if {
	_config("qemu", {}) == {"limits.cpu": "1", "limits.memory": "512MiB"}
	_config("lxc", {}) == {"limits.memory": "512MiB", "limits.memory.swap": "false"}
	_config("qemu", {"cores": "0", "sockets": "x", "memory": "0"}) == {"limits.cpu": "1", "limits.memory": "512MiB"}
	_config("lxc", {"cores": "0"}) == {"limits.memory": "512MiB", "limits.memory.swap": "false"}
}

test_processors_of_a_virtual_machine if {
	_config("qemu", {"cores": "4", "sockets": "2", "memory": "4096"}) == {"limits.cpu": "8", "limits.memory": "4096MiB"}
	_config("qemu", {"cores": "4", "vcpus": "2"})["limits.cpu"] == "2"
	_config("qemu", {"smp": "3"})["limits.cpu"] == "3"
}

test_pinned_processors if {
	_config("qemu", {"cores": "4", "affinity": "0-1,4,6", "numa": "1"})["limits.cpu"] == "0-1,4,6"
	_config("qemu", {"cores": "4", "affinity": "0-7"})["limits.cpu"] == "4"
	_config("qemu", {"cores": "2", "affinity": "0;reboot"})["limits.cpu"] == "2"
}

test_memory_of_a_node if {
	_config("qemu", {"hugepages": "1024", "numa0": "x", "numa1": "x"}) == {"limits.cpu": "1", "limits.memory": "512MiB", "limits.memory.hugepages": "true", "limits.cpu.nodes": "0,1-2"}
}

test_a_property_string_of_memory if {
	set := limits.parts with input as {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "memory", "value": "current=2048", "fields": [{"name": "current", "value": "2048"}]}]}]}
	{p.path[1]: p.value | some p in set}["limits.memory"] == "2048MiB"
}

test_time_and_swap_of_a_container if {
	_config("lxc", {"cores": "2", "cpulimit": "1.5", "cpuunits": "200", "swap": "0", "memory": "1024"}) == {"limits.cpu": "2", "limits.cpu.allowance": "150ms/100ms", "limits.memory": "1024MiB", "limits.memory.swap": "false"}
	_config("lxc", {"cpuunits": "200"})["limits.cpu.allowance"] == "200%"
	not _config("lxc", {"cpuunits": "500000"})["limits.cpu.allowance"]
	not _config("lxc", {"cpulimit": "0"})["limits.cpu.allowance"]
}

test_a_list_of_another_length if {
	limits.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "affinity", "value": "0-7"}, {"key": "cores", "value": "4"}]}]}
	count(limits.findings) == 0 with input as {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "affinity", "value": "0-3"}, {"key": "cores", "value": "4"}]}]}
}
