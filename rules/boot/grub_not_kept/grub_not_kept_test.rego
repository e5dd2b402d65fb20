package rules.boot.grub_not_kept_test

import data.rules.boot.grub_not_kept

_host(kind, esps, deb) := {
	"capture": {"areas": [{"name": "packages", "status": "known"}]},
	"hardware": {"firmware": {"kind": kind}},
	"system": {"boot": {"loader": "grub", "esps": esps}},
	"packages": [{"name": deb, "version": "1", "status": "installed"}],
}

test_fires_without_the_package if {
	grub_not_kept.findings == {{"at": ["/hardware/firmware/kind", "/packages"], "vars": {}}} with input as _host("uefi", [], "grub-efi-amd64-bin")
}

test_silent_with_it if {
	count(grub_not_kept.findings) == 0 with input as _host("uefi", [], "grub-efi-amd64")
}

test_silent_where_proxmox_boot_tool_copies_it if {
	count(grub_not_kept.findings) == 0 with input as _host("uefi", ["AA-1"], "grub-efi-amd64-bin")
}

test_silent_on_bios if {
	count(grub_not_kept.findings) == 0 with input as _host("bios", [], "grub-pc")
}

test_silent_where_packages_are_not_known if {
	host := json.patch(_host("uefi", [], "x"), [{"op": "replace", "path": "/capture/areas/0/status", "value": "unknown"}])
	count(grub_not_kept.findings) == 0 with input as host
}
