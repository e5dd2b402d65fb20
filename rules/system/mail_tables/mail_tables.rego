# METADATA
# scope: package
# title: Postfix reads tables that stay on the old root
# description: |
#  main.cf names lookup tables ({keys}) in a place or a form that is not taken over. Those
#  below /etc/postfix are: they are carried, and read as text, which needs no building. Until
#  these are set up, mail that needs them is refused or leaves with a wrong sender.
# custom:
#  id: PVE-SYS-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: mail of the host
#  equivalent: services.postfix.mapFiles
#  account: review
#  workaround: |
#   Copy the file to a place that only root reads, and set services.postfix.config (on 25.11
#   services.postfix.settings.main) for each key: a table of type hash, btree or lmdb as
#   "texthash:PATH", which needs no building; regexp, pcre and cidr tables keep their type.
#  test:
#   before: |
#    `postconf -n | grep _maps` on PVE lists the tables.
#   after: |
#    `echo test | sendmail -v you@example.net` on the trial system ends with
#    status=sent in `journalctl -u postfix`.
#  phase: run
#  sources:
#   - https://www.postfix.org/DATABASE_README.html
#   - https://search.nixos.org/options?query=services.postfix.mapFiles
package rules.system.mail_tables

import data.lib.facts

_tables[i] := p if {
	facts.packages.postfix
	some i, p in input.system.mail
	endswith(p.key, "_maps")
	not p.key in {"alias_maps", "local_recipient_maps"}
	regex.match(`(^|[, ])(hash|lmdb|btree|texthash|regexp|pcre|cidr):/`, p.value)
}

# Where the table lies on the new root, and how it is read there.
_kept[i] := {"type": object.get(_as_text, m[1], m[1]), "path": m[2]} if {
	some i, p in _tables
	some m in regex.find_all_string_submatch_n(`^(hash|lmdb|btree|texthash|regexp|pcre|cidr):(/etc/postfix/[^ ,$]+)$`, p.value, 1)
	facts.plain_path(m[2])
	m[2] in _there
}

_there contains f.path if {
	some f in input.local_files
	not object.get(f, "state", "") == "missing"
}

_as_text := {"btree": "texthash", "hash": "texthash", "lmdb": "texthash"}

# Of a parameter that is set twice Postfix takes the last line.
_last := object.union_n([{p.key: i} | some i, p in input.system.mail])

findings contains {"at": at, "vars": {"keys": concat(", ", sort({p.key | some i, p in _tables; not _kept[i]}))}} if {
	at := sort([sprintf("/system/mail/%d", [i]) | some i, _ in _tables; not _kept[i]])
	count(at) > 0
}

settings contains {
	"at": [sprintf("/system/mail/%d", [i])],
	"option": ["services", "postfix", "config", key],
	"value": sprintf("%s:/var/lib/pve2nix%s", [table.type, table.path]),
} if {
	some i, table in _kept
	key := input.system.mail[i].key
	regex.match(`^[a-z0-9_]+$`, key)
	_last[key] == i
}

carries contains {
	"at": [sprintf("/system/mail/%d", [i])],
	"path": table.path,
	"to": concat("", ["/var/lib/pve2nix", table.path]),
	"mode": "0600",
	"secret": true,
} if {
	some i, table in _kept
}
