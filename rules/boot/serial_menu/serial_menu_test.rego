package rules.boot.serial_menu_test

import data.rules.boot.serial_menu

_host(value) := {"system": {"boot": {"kernel_parameters": [{"key": "console", "value": "tty0"}, {"key": "console", "value": value}]}}}

test_fires_on_a_serial_console if {
	serial_menu.findings == {{"at": ["/system/boot/kernel_parameters/1"], "vars": {"console": "ttyS1,115200n8"}}} with input as _host("ttyS1,115200n8")
}

test_silent_on_the_screen if {
	count(serial_menu.findings) == 0 with input as _host("tty1")
}

test_silent_where_grub_shows_its_menu_there if {
	grub := {"system": {"boot": {"loader": "grub"}}, "config_files": [{"path": "/etc/default/grub", "properties": [{"key": "GRUB_TERMINAL", "value": "serial"}]}]}
	count(serial_menu.findings) == 0 with input as object.union(_host("ttyS0"), grub)
}
