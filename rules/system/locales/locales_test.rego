package rules.system.locales_test

import data.rules.system.locales

_host(values) := {
	"system": {"locale": "de_DE.UTF-8"},
	"config_files": [{"path": "/etc/locale.gen", "properties": [{"key": "x", "value": v} | some v in values]}],
}

test_more_locales_are_built if {
	locales.settings == {{
		"at": ["/config_files/0/properties/0"], "option": ["i18n", "extraLocales"], "value": ["de_AT.UTF-8/UTF-8"],
	}} with input as _host(["de_AT.UTF-8 UTF-8"])
		with data.release as "25.11"
}

test_the_older_option_names_all if {
	locales.settings == {{
		"at": ["/config_files/0/properties/0"], "option": ["i18n", "supportedLocales"],
		"value": ["C.UTF-8/UTF-8", "en_US.UTF-8/UTF-8", "de_DE.UTF-8/UTF-8", "de_AT.UTF-8/UTF-8"],
	}} with input as _host(["de_AT.UTF-8 UTF-8"])
		with data.release as "24.11"
}

test_strange_lines_are_left if {
	count(locales.settings) == 0 with input as _host(["de_AT.UTF-8", "x/../y UTF-8", "de_AT.UTF-8 EBCDIC"])
		with data.release as "25.11"
}
