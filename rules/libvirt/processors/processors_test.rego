package rules.libvirt.processors_test

import data.lib.domains_test
import data.rules.libvirt.processors

_parts(config) := parts if {
	parts := processors.parts with input as domains_test.vm(config)
}

test_sockets_times_cores if {
	parts := _parts({"sockets": "2", "cores": "4"})
	domains_test.value(parts, "vcpu.value") == 8
	domains_test.value(parts, "cpu.topology") == {"sockets": 2, "cores": 4, "threads": 1}
	domains_test.value(_parts({"name": "a"}), "vcpu.value") == 1
	not domains_test.value(parts, "vcpu.current")
}

test_some_wait_to_be_plugged if {
	domains_test.value(_parts({"cores": "4", "vcpus": "2"}), "vcpu.current") == 2
	not domains_test.value(_parts({"cores": "4", "vcpus": "4"}), "vcpu.current")
	domains_test.value(_parts({"cores": "4", "vcpus": "4"}), "vcpu.placement") == "static"
}

test_they_stay_on_their_cores if {
	parts := _parts({"affinity": "0-7,32-39"})
	domains_test.value(parts, "vcpu.cpuset") == "0-7,32-39"
	domains_test.value(parts, "cputune.emulatorpin.cpuset") == "0-7,32-39"
	not domains_test.value(_parts({"affinity": "0-7 x"}), "vcpu.cpuset")
}

test_their_time_is_limited if {
	domains_test.value(_parts({"cpulimit": "1.5"}), "cputune") == {"global_period": 100000, "global_quota": 150000}
	not domains_test.value(_parts({"cpulimit": "0"}), "cputune")
	domains_test.value(_parts({"cpuunits": "2048"}), "cputune.shares") == 2048
	domains_test.value(_parts({"cpuunits": "262144"}), "cputune.shares") == 10000
}
