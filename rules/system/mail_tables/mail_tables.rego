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

import data.lib.mailtables

# Of a parameter that is set twice Postfix takes the last line.
_last := object.union_n([{p.key: i} | some i, p in input.system.mail])

_left[i] := p.key if {
	some i, p in mailtables.all
	endswith(p.key, "_maps")
	not mailtables.kept[i]
}

findings contains {"at": sort([sprintf("/system/mail/%d", [i]) | some i, _ in _left]), "vars": {"keys": concat(", ", sort({key | some key in _left}))}} if {
	count(_left) > 0
}

settings contains {
	"at": [sprintf("/system/mail/%d", [i])],
	"option": ["services", "postfix", "config", key],
	"value": sprintf("%s:/var/lib/pve2nix%s", [table.type, table.path]),
} if {
	some i, table in mailtables.kept
	key := mailtables.all[i].key
	_last[key] == i
}

carries contains {
	"at": sort(array.concat([sprintf("/system/mail/%d", [i])], table.at)),
	"path": table.path,
	"to": concat("", ["/var/lib/pve2nix", table.path]),
	"mode": "0600",
	"secret": true,
} if {
	some i, table in mailtables.kept
}
