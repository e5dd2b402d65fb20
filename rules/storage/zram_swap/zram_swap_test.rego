package rules.storage.zram_swap_test

import data.rules.storage.zram_swap

_host(paths, lines) := {
	"units": [{"name": "zramswap.service", "file_state": "enabled"}],
	"storage": {"swaps": array.concat([{"path": "/dev/dm-1", "size_kib": 8}], [{"path": path, "size_kib": 4194304} | some path in paths])},
	"config_files": [{"path": "/etc/default/zramswap", "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
}

_options := {s.option[1]: s.value | some s in zram_swap.settings}

test_as_big_as_before if {
	_options == {"enable": true, "memoryMax": 4294967296, "memoryPercent": 100} with input as _host(["/dev/zram0"], [])
	_options.swapDevices == 2 with input as _host(["/dev/zram0", "/dev/zram1"], [])
}

test_algorithm_and_priority_of_zram_tools if {
	_options == {"enable": true, "memoryMax": 4294967296, "memoryPercent": 100, "algorithm": "lz4", "priority": 100} with input as _host(["/dev/zram0"], [["ALGO", "\"lz4\""], ["PERCENT", "25"], ["PRIORITY", "100"]])
	zram_swap.settings[{"at": ["/config_files/0/properties/0"], "option": ["zramSwap", "enable"], "value": true}] with input as _host(["/dev/zram0"], [["PERCENT", "25"]])
}

test_a_share_of_the_memory_where_swap_is_not_on if {
	_options == {"memoryPercent": 25} with input as _host([], [["PERCENT", "25"]])
}

test_none_on_a_partition if {
	count(zram_swap.settings) == 0 with input as _host(["/dev/sda2"], [])
}

test_none_of_what_it_cannot_be if {
	_options == {"enable": true, "memoryMax": 4294967296, "memoryPercent": 100} with input as _host(["/dev/zram0"], [["ALGO", "$(reboot)"], ["PRIORITY", "99999"], ["PERCENT", "x"]])
	count(zram_swap.settings) == 0 with input as object.union(_host([], [["PERCENT", "25"], ["ALGO", "lz4"]]), {"units": [{"name": "zramswap.service", "file_state": "disabled"}]})
}
