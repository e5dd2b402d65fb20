package rules.storage.fstab_left_test

import data.lib.tables_test
import data.rules.storage.fstab_left

_host(spec, file, type, options) := {"storage": {"fstab": [{"spec": spec, "file": file, "type": type, "options": options}]}}

test_fires_on_a_swap_file if {
	fstab_left.findings == {{"at": ["/storage/fstab/0"], "vars": {"files": "/swapfile"}}} with input as _host("/swapfile", "none", "swap", ["sw"])
		with data.catalog as tables_test.fixture
}

test_fires_on_a_password_in_the_line if {
	count(fstab_left.findings) == 1 with input as _host("//nas/x", "/srv/x", "cifs", ["password=secret:12345678"])
		with data.catalog as tables_test.fixture
}

test_silent_on_what_is_taken_or_of_pve if {
	count(fstab_left.findings) == 0 with input as _host("UUID=1", "/srv/x", "ext4", [])
		with data.catalog as tables_test.fixture
	count(fstab_left.findings) == 0 with input as _host("/dev/pve/root", "/", "ext4", [])
		with data.catalog as tables_test.fixture
	count(fstab_left.findings) == 0 with input as _host("proc", "/proc", "proc", [])
		with data.catalog as tables_test.fixture
}
