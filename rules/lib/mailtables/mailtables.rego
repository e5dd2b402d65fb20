# METADATA
# title: Lookup tables of Postfix
# description: Which lines of main.cf name a table, and which of the tables can be carried and read on the new root.
package lib.mailtables

import data.lib.facts

# METADATA
# title: Lines that name a table
# description: index in system.mail → property
all[i] := p if {
	facts.packages.postfix
	some i, p in input.system.mail
	regex.match(`^([a-z0-9_]+_maps|(smtp_|mime_|nested_|milter_|smtp_mime_|smtp_nested_)?(header|body)_checks)$`, p.key)
	not p.key in {"alias_maps", "local_recipient_maps"}
	regex.match(`(^|[, ])(hash|lmdb|btree|texthash|regexp|pcre|cidr):/`, p.value)
}

# METADATA
# title: Tables that come along
# description: index in system.mail → {type, path, at}; type is how the table is read on NixOS, at what of the files it is made of.
kept[i] := {"type": object.get(_as_text, m[1], m[1]), "path": m[2], "at": array.concat(_there[m[2]], object.get(_there, concat("", [m[2], ".db"]), []))} if {
	some i, p in all
	some m in regex.find_all_string_submatch_n(`^(hash|lmdb|btree|texthash|regexp|pcre|cidr):(/etc/postfix/[^ ,$]+)$`, p.value, 1)
	facts.plain_path(m[2])
	_there[m[2]]
}

# What Debian builds from a text is not read by another Postfix; the text is.
_as_text := {"btree": "texthash", "hash": "texthash", "lmdb": "texthash"}

_there := object.union_n([{f.path: [sprintf("/local_files/%d", [i])]} |
	some i, f in input.local_files
	startswith(f.path, "/etc/postfix/")
	not object.get(f, "state", "") == "missing"
])
