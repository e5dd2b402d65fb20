package rules.boot.grub_terminal_test

import data.rules.boot.grub_terminal

_text(loader, lines) := {s.value | some s in settings} if {
	settings := grub_terminal.settings with input as {
		"system": {"boot": {"loader": loader}},
		"config_files": [{"path": "/etc/default/grub", "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
	}
}

_lines := [["GRUB_TIMEOUT", "5"], ["GRUB_TERMINAL", "console serial"], ["GRUB_SERIAL_COMMAND", "serial --unit=1 --speed=115200"]]

test_the_menu_is_on_the_same_line if {
	_text("grub", _lines) == {"serial --unit=1 --speed=115200\nterminal_input console serial\nterminal_output console serial\n"}
}

test_output_alone if {
	_text("grub", [["GRUB_TERMINAL_OUTPUT", "serial"]]) == {"serial\nterminal_output serial\n"}
}

test_silent_without_a_serial_line_or_grub if {
	_text("systemd-boot", _lines) == set()
	_text("grub", [["GRUB_TERMINAL", "console"]]) == set()
}

test_silent_on_words_that_are_none if {
	_text("grub", [["GRUB_TERMINAL", "serial; reboot"]]) == set()
	_text("grub", array.concat(_lines, [["GRUB_SERIAL_COMMAND", "serial $(x)"]])) == set()
}

test_copies_that_update_grub_does_not_read_are_left if {
	count(grub_terminal.settings) == 0 with input as {
		"system": {"boot": {"loader": "grub"}},
		"config_files": [{"path": "/etc/default/grub.ucf-dist", "properties": [{"key": "GRUB_TERMINAL", "value": "serial"}]}],
	}
}
