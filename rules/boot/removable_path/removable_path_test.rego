package rules.boot.removable_path_test

import data.rules.boot.removable_path

_host(loader, file) := {
	"system": {"boot": {"loader": loader}},
	"hardware": {"firmware": {"boot_current": "0003", "entries": [
		{"number": "0001", "name": "UEFI: USB", "file": "\\EFI\\BOOT\\BOOTX64.EFI"},
		{"number": "0003", "name": "UEFI OS", "file": file},
	]}},
}

test_fires_on_the_path_of_removable_media if {
	removable_path.findings == {{
		"at": ["/hardware/firmware/entries/1"],
		"vars": {"file": "\\EFI\\BOOT\\BOOTX64.EFI", "name": "UEFI OS"},
	}} with input as _host("systemd-boot", "\\EFI\\BOOT\\BOOTX64.EFI")
}

test_silent_where_another_file_was_started if {
	count(removable_path.findings) == 0 with input as _host("systemd-boot", "\\EFI\\systemd\\systemd-bootx64.efi")
}

test_silent_with_grub_which_has_a_folder_of_its_own if {
	count(removable_path.findings) == 0 with input as _host("grub", "\\EFI\\BOOT\\BOOTX64.EFI")
}
