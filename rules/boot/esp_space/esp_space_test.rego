package rules.boot.esp_space_test

import data.rules.boot.esp_space

_host(size, kernels) := {
	"system": {"boot": {"esps": ["6A1C-44F0"], "kernels": kernels}},
	"storage": {"block_devices": [{"name": "sda2", "size_bytes": size, "kind": "part", "links": ["/dev/disk/by-uuid/6A1C-44F0"]}]},
}

_kernels := ["6.8.12-9-pve", "6.8.12-13-pve", "6.8.12-15-pve", "6.14.8-1-pve"]

test_fires_on_half_a_gigabyte_with_four_kernels if {
	esp_space.findings == {{"at": ["/system/boot/esps"], "vars": {"device": "sda2", "mib": 512, "kernels": 4}}} with input as _host(536870912, _kernels)
}

test_silent_on_a_gigabyte if {
	count(esp_space.findings) == 0 with input as _host(1073741824, _kernels)
}

test_silent_with_one_kernel if {
	count(esp_space.findings) == 0 with input as _host(536870912, ["6.8.12-15-pve"])
}
