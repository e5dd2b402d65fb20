package rules.system.language_unknown_test

import data.rules.system.language_unknown

_at(system) := x if x := {f.at[0] | some f in language_unknown.findings} with input as {"system": system}

test_fires_on_an_old_character_set if {
	_at({"locale": "de_DE.ISO-8859-1", "keymap": "de"}) == {"/system/locale"}
}

test_fires_on_an_unknown_keyboard if {
	_at({"locale": "de_DE.UTF-8", "keymap": "qq"}) == {"/system/keymap"}
}

test_silent_on_what_is_translated if {
	_at({"locale": "C.UTF-8", "keymap": "us"}) == set()
}
