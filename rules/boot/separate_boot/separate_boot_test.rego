package rules.boot.separate_boot_test

import data.rules.boot.separate_boot

_host(type) := {"storage": {"fstab": [{"spec": "UUID=1", "file": "/boot", "type": type, "options": []}]}}

test_fires_on_ext4 if {
	separate_boot.findings == {{"at": ["/storage/fstab/0"], "vars": {"device": "UUID=1"}}} with input as _host("ext4")
}

test_silent_on_an_efi_partition if {
	count(separate_boot.findings) == 0 with input as _host("vfat")
}
