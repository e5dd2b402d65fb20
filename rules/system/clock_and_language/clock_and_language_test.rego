package rules.system.clock_and_language_test

import data.rules.system.clock_and_language

_options(system) := x if x := {concat(".", s.option): s.value | some s in clock_and_language.settings} with input as {"system": system}

test_takes_all_three if {
	_options({"time_zone": "Europe/Vienna", "locale": "en_US.UTF-8", "keymap": "de"}) == {
		"time.timeZone": "Europe/Vienna",
		"i18n.defaultLocale": "en_US.UTF-8",
		"console.keyMap": "de-latin1",
	}
}

test_leaves_out_what_nixos_would_not_build if {
	_options({"time_zone": "../etc/passwd", "locale": "de_DE.ISO-8859-1", "keymap": "xx"}) == {}
}
