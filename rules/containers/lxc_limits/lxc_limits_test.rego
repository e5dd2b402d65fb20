package rules.containers.lxc_limits_test

import data.rules.containers.lxc_limits

_guest(vmid, values) := {"vmid": vmid, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], [{"key": key, "value": value} | some key, value in values])}

_host(values) := {"guests": [_guest(200, values)], "hardware": {"cpu": {"threads": 6}}}

_lines(values) := {part.path[0]: part.value | some part in lxc_limits.parts with input as _host(values)}

test_what_pve_gives_by_itself if {
	_lines({}) == {"lxc.cgroup2.memory.max": ["536870912"], "lxc.cgroup2.memory.high": ["532676608"], "lxc.cgroup2.memory.swap.max": ["0"]}
}

test_no_memory_is_what_pve_gives_by_itself if {
	_lines({"memory": "0"})["lxc.cgroup2.memory.max"] == ["536870912"]
	_lines({"swap": "0"})["lxc.cgroup2.memory.swap.max"] == ["0"]
}

test_memory_is_reclaimed_a_little_before_its_end if {
	lines := _lines({"memory": "24576", "swap": "1024"})
	lines["lxc.cgroup2.memory.max"] == ["25769803776"]
	lines["lxc.cgroup2.memory.high"] == ["25635586048"]
	lines["lxc.cgroup2.memory.swap.max"] == ["1073741824"]
}

test_processors if {
	lines := _lines({"cores": "2", "cpulimit": "1.5", "cpuunits": "20000"})
	lines["lxc.cgroup2.cpuset.cpus"] == ["0,1"]
	lines["lxc.cgroup2.cpu.max"] == ["150000 100000"]
	lines["lxc.cgroup2.cpu.weight"] == ["10000"]
	_lines({"cpulimit": "0"})["lxc.cgroup2.cpu.max"] == ["max 100000"]
	_lines({"cores": "64"})["lxc.cgroup2.cpuset.cpus"] == ["0,1,2,3,4,5"]
}

test_sets_lie_side_by_side if {
	host := {"guests": [_guest(200, {"cores": "4"}), _guest(201, {"cores": "4"})], "hardware": {"cpu": {"threads": 6}}}
	{[p.document[1], p.value[0]] | some p in lxc_limits.parts with input as host; p.path == ["lxc.cgroup2.cpuset.cpus"]} == {["200", "0,1,2,3"], ["201", "0,1,4,5"]}
}

test_a_share_where_processors_were_not_counted if {
	host := json.patch(_host({"cores": "2"}), [{"op": "remove", "path": "/hardware/cpu/threads"}])
	lines := {part.path[0]: part.value | some part in lxc_limits.parts with input as host}
	lines["lxc.cgroup2.cpu.max"] == ["200000 100000"]
	not lines["lxc.cgroup2.cpuset.cpus"]
}

test_a_set_of_its_own_stands if {
	_lines({"cores": "2", "lxc.cgroup2.cpuset.cpus": "4-5"})["lxc.cgroup2.cpuset.cpus"] == []
}

test_silent_on_numbers_that_are_none if {
	_lines({"memory": "all", "swap": "-1", "cores": "x", "cpulimit": "two", "cpuunits": "1e9"}) == {}
}
