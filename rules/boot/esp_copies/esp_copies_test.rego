package rules.boot.esp_copies_test

import data.rules.boot.esp_copies

_host(loader, uuids) := {"system": {"boot": {"loader": loader, "esps": uuids}}}

_script := text if {
	settings := esp_copies.settings with input as _host("systemd-boot", ["5C1A-77D2", "5C1B-01E9"])
	some s in settings
	s.option == ["boot", "loader", "systemd-boot", "extraInstallCommands"]
	text := s.value
}

test_the_others_get_kernels_and_entries if {
	contains(_script, "for uuid in 5C1A-77D2 5C1B-01E9; do\n")
	contains(_script, "for new in /boot/EFI/nixos/* /boot/loader/entries/nixos-*.conf /boot/loader/loader.conf; do\n")
}

test_nothing_is_written_before_the_commit if {
	contains(_script, "{ [ ! -e /var/lib/pve2nix/guard/trial.json ] || [ -e /var/lib/pve2nix/guard/committed ]; }")
}

test_an_installation_that_failed_stays_one if {
	startswith(_script, "installed=$?\n")
	endswith(_script, "(exit \"$installed\")\n")
}

test_silent_on_one_partition if {
	count(esp_copies.settings) == 0 with input as _host("systemd-boot", ["5C1A-77D2"])
}

test_silent_on_grub if {
	count(esp_copies.settings) == 0 with input as _host("grub", ["5C1A-77D2", "5C1B-01E9"])
}

test_silent_on_what_is_no_id_of_a_partition if {
	count(esp_copies.settings) == 0 with input as _host("systemd-boot", ["5C1A-77D2", "$(reboot)"])
}
