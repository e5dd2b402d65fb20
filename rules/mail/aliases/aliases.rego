# METADATA
# scope: package
# title: Forwarding of local mail
# description: |
#  Addresses of /etc/aliases become aliases of Postfix: where mail of root goes, and
#  those that somebody added. Programs, files and lists of other files are left out,
#  and the catalog's finding stays with them.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.postfix.rootAlias
#   - https://manpages.debian.org/stable/postfix/aliases.5.en.html
package rules.mail.aliases

import data.lib.configfiles
import data.lib.facts

# Addresses and names of users, one or more.
_addresses(text) if regex.match(`^[A-Za-z0-9._+=@-]+(\s*,\s*[A-Za-z0-9._+=@-]+)*$`, text)

_lines := [l |
	facts.packages.postfix
	some l in configfiles.below("/etc/aliases")
	l.path == "/etc/aliases"
	regex.match(`^[A-Za-z0-9._+-]+$`, l.key)
	_addresses(l.value)
]

_root := [l | some l in _lines; lower(l.key) == "root"]

# Those of every Debian host lead to root, as they do on NixOS.
_own := [l |
	some l in _lines
	not lower(l.key) in {"root", "postmaster"}
	not l.value in {"root", "postmaster"}
]

# The program that hands mail of root to notifications is not asked where root is somebody else.
_forward := [at | at := facts.packages["proxmox-mail-forward"].at]

settings contains {"at": sort(array.concat([line.at], _forward)), "option": ["services", "postfix", "rootAlias"], "value": line.value} if {
	line := _root[count(_root) - 1]
}

settings contains {"at": [l.at | some l in _own], "option": ["services", "postfix", "extraAliases"], "value": text} if {
	count(_own) > 0
	text := concat("", [sprintf("%s: %s\n", [l.key, l.value]) | some l in _own])
}

# The table is where NixOS writes it.
settings contains {"at": [sprintf("/system/mail/%d", [i])], "option": ["services", "postfix", "enable"], "value": true} if {
	count(_lines) > 0
	"postfix.service" in facts.in_use
	some i, p in input.system.mail
	p.key in {"alias_maps", "alias_database"}
	p.value == "hash:/etc/aliases"
}
