# METADATA
# scope: package
# title: Postfix reads tables that stay on the old root
# description: |
#  main.cf names lookup tables ({keys}). They lie on the root of PVE, hold
#  credentials or addresses, and have to be built again by the Postfix of
#  NixOS, whose /etc/postfix is replaced at every start. Until then mail
#  that needs them is refused or leaves with a wrong sender.
# custom:
#  id: PVE-SYS-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: mail of the host
#  equivalent: services.postfix.mapFiles
#  account: review
#  workaround: |
#   The tables are carried to /var/lib/pve2nix/etc/postfix. For each key set
#   the parameter of the same name to the new place: a table of type hash,
#   btree or lmdb as "texthash:/var/lib/pve2nix/etc/postfix/NAME", which
#   needs no building; regexp, pcre and cidr tables keep their type. Keep
#   mode 0600 where the table holds a password.
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
	regex.match(`^(hash|lmdb|btree|texthash|regexp|pcre|cidr):/[^ ,]+$`, p.value)
}

findings contains {"at": at, "vars": {"keys": concat(", ", sort([p.key | some p in _tables]))}} if {
	at := sort([sprintf("/system/mail/%d", [i]) | some i, _ in _tables])
	count(at) > 0
}

carries contains {
	"at": ["/system/mail"],
	"path": path,
	"to": concat("", ["/var/lib/pve2nix", path]),
	"mode": "0600",
	"secret": true,
} if {
	some p in _tables
	path := split(p.value, ":")[1]
	startswith(path, "/etc/postfix/")
	facts.plain_path(path)
}
