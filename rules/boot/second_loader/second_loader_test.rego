package rules.boot.second_loader_test

import data.rules.boot.second_loader

_host(loader, deb) := {
	"host": {"pve_major": 9},
	"system": {"boot": {"loader": loader}},
	"hardware": {"firmware": {"kind": "uefi"}},
	"packages": [{"name": deb, "version": "257", "status": "installed"}],
}

test_fires_beside_grub if {
	second_loader.findings == {{"at": ["/packages/0"], "vars": {"kind": "UEFI"}}} with input as _host("grub", "systemd-boot")
}

test_silent_where_it_is_the_loader if {
	count(second_loader.findings) == 0 with input as _host("systemd-boot", "systemd-boot")
}

test_silent_on_its_tools if {
	count(second_loader.findings) == 0 with input as _host("grub", "systemd-boot-tools")
}

test_fires_where_the_firmware_is_not_known if {
	host := json.patch(_host("grub", "systemd-boot"), [{"op": "remove", "path": "/hardware/firmware/kind"}])
	second_loader.findings == {{"at": ["/packages/0"], "vars": {"kind": "firmware not known"}}} with input as host
}

test_silent_on_bios if {
	host := json.patch(_host("grub", "systemd-boot"), [{"op": "replace", "path": "/hardware/firmware/kind", "value": "bios"}])
	count(second_loader.findings) == 0 with input as host
}

test_silent_on_pve_8_which_is_installed_with_it if {
	host := json.patch(_host("grub", "systemd-boot"), [{"op": "replace", "path": "/host/pve_major", "value": 8}])
	count(second_loader.findings) == 0 with input as host
}
