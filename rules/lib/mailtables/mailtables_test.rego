package lib.mailtables_test

import data.lib.mailtables

_host(key, value) := {
	"packages": [{"name": "postfix", "status": "installed"}],
	"local_files": [{"path": "/etc/postfix/generic"}, {"path": "/etc/postfix/generic.db"}, {"path": "/etc/postfix/gone", "state": "missing"}],
	"system": {"mail": [{"key": key, "value": value}]},
}

test_a_table_with_what_was_built_of_it if {
	mailtables.kept == {0: {"type": "texthash", "path": "/etc/postfix/generic", "at": ["/local_files/0", "/local_files/1"]}} with input as _host("smtp_generic_maps", "hash:/etc/postfix/generic")
	mailtables.kept[0].type == "regexp" with input as _host("smtp_header_checks", "regexp:/etc/postfix/generic")
}

test_named_and_not_kept if {
	every value in ["hash:/etc/postfix/gone", "hash:/etc/postfix/absent", "hash:/srv/x", "hash:/etc/postfix/generic, regexp:/etc/postfix/generic"] {
		count(mailtables.all) == 1 with input as _host("smtp_generic_maps", value)
		count(mailtables.kept) == 0 with input as _host("smtp_generic_maps", value)
	}
}

test_aliases_and_other_lines_are_none if {
	count(mailtables.all) == 0 with input as _host("alias_maps", "hash:/etc/aliases")
	count(mailtables.all) == 0 with input as _host("relayhost", "hash:/etc/postfix/generic")
}
