package rules.libvirt.memory_test

import data.lib.domains_test
import data.rules.libvirt.memory

_catalog := {"libvirt_slots": {"balloon0": {"bus": 0, "slot": 3}}}

_parts(config) := parts if {
	parts := memory.parts with input as domains_test.vm(config) with data.catalog as _catalog
}

test_all_memory_is_there_at_start if {
	parts := _parts({"memory": "4096", "balloon": "2048", "machine": "pc-q35-9.0"})
	domains_test.value(parts, "memory") == {"unit": "MiB", "value": 4096}
	domains_test.value(parts, "current_memory") == {"unit": "MiB", "value": 4096}
	domains_test.value(parts, "devices.memballoon") == {"model": "virtio", "free_page_reporting": true, "stats": {"period": 2}}
	domains_test.value(parts, "devices.memballoon.address").slot == "0x03"
	domains_test.value(_parts({"machine": "pc-q35-5.2"}), "devices.memballoon").free_page_reporting == false
}

test_without_a_balloon_there_is_none if {
	parts := _parts({"balloon": "0"})
	domains_test.value(parts, "devices.memballoon") == {"model": "none"}
	not domains_test.value(parts, "devices.memballoon.address")
}

test_pages_are_of_their_size if {
	domains_test.value(_parts({"hugepages": "1024"}), "memory_backing.hugepages") == {"pages": [{"size": 1, "unit": "G"}]}
	domains_test.value(_parts({"hugepages": "any"}), "memory_backing.hugepages") == {}
	not domains_test.value(_parts({"hugepages": "3"}), "memory_backing.hugepages")
	domains_test.value(_parts({"allow-ksm": "0"}), "memory_backing.nosharepages") == true
}

test_each_socket_is_a_node if {
	cells := domains_test.value(_parts({"numa": "1", "sockets": "2", "cores": "4", "memory": "4096"}), "cpu.numa.cell")
	cells == [{"id": 0, "cpus": "0-3", "memory": 2097152, "unit": "KiB"}, {"id": 1, "cpus": "4-7", "memory": 2097152, "unit": "KiB"}]
	not domains_test.value(_parts({"numa": "0"}), "cpu.numa.cell")
}

test_nodes_are_bound_to_the_host if {
	parts := _parts({"numa": "1", "numa0": "cpus=0-3;5,memory=1024,hostnodes=0;1,policy=bind", "numa1": "cpus=4,memory=1024"})
	domains_test.value(parts, "cpu.numa.cell") == [{"id": 0, "cpus": "0-3,5", "memory": 1024, "unit": "MiB"}, {"id": 1, "cpus": "4", "memory": 1024, "unit": "MiB"}]
	domains_test.value(parts, "numatune.memnode") == [{"cellid": 0, "mode": "strict", "nodeset": "0,1"}]
}
