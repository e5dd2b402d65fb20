package rules.boot.second_loader_test

import data.rules.boot.second_loader

_host(loader, deb) := {
	"system": {"boot": {"loader": loader}},
	"hardware": {"firmware": {"kind": "bios"}},
	"packages": [{"name": deb, "version": "252", "status": "installed"}],
}

test_fires_beside_grub if {
	second_loader.findings == {{"at": ["/packages/0"], "vars": {"kind": "BIOS"}}} with input as _host("grub", "systemd-boot")
}

test_silent_where_it_is_the_loader if {
	count(second_loader.findings) == 0 with input as _host("systemd-boot", "systemd-boot")
}

test_silent_on_its_tools if {
	count(second_loader.findings) == 0 with input as _host("grub", "systemd-boot-tools")
}
