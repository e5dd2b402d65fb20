package rules.boot.loader_not_kept_test

import data.rules.boot.loader_not_kept

_host(major, deb) := {
	"capture": {"areas": [{"name": "packages", "status": "known"}]},
	"host": {"pve_major": major},
	"system": {"boot": {"loader": "systemd-boot", "esps": ["AA-1"]}},
	"packages": [{"name": deb, "version": "1", "status": "installed"}],
}

test_fires_without_the_package if {
	loader_not_kept.findings == {{"at": ["/packages", "/system/boot/loader"], "vars": {}}} with input as _host(8, "systemd")
}

test_silent_with_it if {
	count(loader_not_kept.findings) == 0 with input as _host(8, "systemd-boot")
}

test_silent_with_the_parts_of_debian_13 if {
	count(loader_not_kept.findings) == 0 with input as _host(9, "systemd-boot-efi")
}

test_silent_on_debian_11_where_systemd_brings_it if {
	count(loader_not_kept.findings) == 0 with input as _host(7, "systemd")
}
