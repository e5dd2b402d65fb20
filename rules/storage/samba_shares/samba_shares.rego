# METADATA
# scope: package
# title: Shares of Samba
# description: |
#  The Samba of NixOS serves the same shares with the same settings and the accounts and
#  passwords of before, where the host is a server of its own: in no domain, and with all
#  settings in smb.conf.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.samba.settings
#   - https://www.samba.org/samba/docs/current/man-html/smb.conf.5.html
package rules.storage.samba_shares

import data.lib.facts
import data.lib.samba

# Programs of Debian, and what the module says itself.
_left_out := {"panic action", "passwd program", "unix password sync", "passwd chat", "add machine script", "add user script", "add group script", "invalid users"}

_said(e) if {
	e.section != "global"
	e.value != ""
}

_said(e) if {
	e.section == "global"
	not e.key in _left_out
	e.value != ""
}

settings contains {"at": [e.at], "option": ["services", "samba", "settings", e.section, e.key], "value": e.value} if {
	samba.standalone
	some i, e in samba.entries
	_said(e)
	_last[[e.section, e.key]] == i
}

# Of a line that repeats, the last.
_last := object.union_n([{[e.section, e.key]: i} | some i, e in samba.entries])

# The module keeps root out where nothing is said.
_kept_out := [word |
	some e in samba.entries
	[e.section, e.key] == ["global", "invalid users"]
	some word in regex.split(`[, \t]+`, e.value)
	word != ""
]

_units := {"nmbd": "nmbd.service", "smbd": "smbd.service"}

settings contains {"at": [facts.units["smbd.service"].at], "option": option, "value": value} if {
	samba.standalone
	some [option, value] in [
		[["services", "samba", "enable"], true],
		[["services", "samba", "winbindd", "enable"], false],
		[["services", "samba", "settings", "global", "invalid users"], _kept_out],
	]
}

settings contains {"at": [facts.units["nmbd.service"].at], "option": ["services", "samba", "nmbd", "enable"], "value": true} if {
	samba.standalone
	"nmbd.service" in facts.in_use
}

settings contains {"at": [facts.units["smbd.service"].at], "option": ["services", "samba", "nmbd", "enable"], "value": false} if {
	samba.standalone
	not "nmbd.service" in facts.in_use
}

# Accounts with their passwords, and the identity of the server; smbd makes the folder at its first start.
carries contains {"at": [facts.units["smbd.service"].at], "path": "/var/lib/samba/private", "to": "/var/lib/samba/private", "mode": "0700", "secret": true} if {
	samba.standalone
}

checks contains {"at": [facts.units["smbd.service"].at], "check": "unit-active", "params": {"unit": "samba-smbd.service"}, "required": false} if samba.standalone
