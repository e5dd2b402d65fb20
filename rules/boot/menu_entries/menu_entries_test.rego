package rules.boot.menu_entries_test

import data.rules.boot.menu_entries

_host(loader, file) := {"system": {"boot": {"loader": loader}}, "local_files": [file]}

test_fires_on_an_entry_of_its_own if {
	menu_entries.findings == {{"at": ["/local_files/0"], "vars": {"files": "/etc/grub.d/40_custom"}}} with input as _host("grub", {"path": "/etc/grub.d/40_custom", "kind": "script", "state": "changed"})
}

test_silent_on_what_is_no_script if {
	count(menu_entries.findings) == 0 with input as _host("grub", {"path": "/etc/grub.d/40_custom.bak", "kind": "file", "state": "local"})
}

test_silent_on_a_script_that_was_deleted if {
	count(menu_entries.findings) == 0 with input as _host("grub", {"path": "/etc/grub.d/05_debian_theme", "kind": "script", "state": "missing"})
}

test_silent_where_grub_is_a_leftover if {
	count(menu_entries.findings) == 0 with input as _host("systemd-boot", {"path": "/etc/grub.d/40_custom", "kind": "script", "state": "changed"})
}
