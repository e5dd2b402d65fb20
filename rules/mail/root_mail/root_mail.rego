# METADATA
# scope: package
# title: Mail to root reaches the readers of notifications
# description: |
#  On Proxmox VE mail for root, of cron, smartd and ZED, is handed to the targets of
#  notifications by proxmox-mail-forward, which NixOS has not. Postfix sends it to the addresses that
#  the targets name, and to those that users of Proxmox VE whom the targets name have in user.cfg: a
#  service writes them into a table each time Postfix starts. A target that speaks to a server of its
#  own has a successor only where this host has a relay. Without an address mail stays with root.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.postfix.rootAlias
#   - https://www.postfix.org/DATABASE_README.html
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html
#   - https://git.proxmox.com/?p=proxmox-mail-forward.git
package rules.mail.root_mail

import data.lib.configfiles
import data.lib.facts
import data.lib.notices

_package := facts.packages["proxmox-mail-forward"].at

# Matchers that let all through: what root gets is of no kind that others name.
_named contains target if {
	some m in notices.matchers
	count(m.fields) == 0
	count(m.severities) == 0
	some target in m.targets
}

# What sendmail took goes the way of this host; a server of one's own is reached by the relay.
_read contains p if {
	some name, t in notices.targets
	name in _named
	_sent(t.section.type)
	some p in t.section.properties
}

_sent("sendmail")

_sent("smtp") if _relay != ""

_addresses contains p.value if {
	some p in _read
	p.key == "mailto"
	regex.match(`^[A-Za-z0-9._+=-]{1,64}@[A-Za-z0-9.-]{1,253}$`, p.value)
}

_users contains p.value if {
	some p in _read
	p.key == "mailto-user"
	regex.match(`^[A-Za-z0-9._-]{1,64}@[A-Za-z0-9._-]{1,64}$`, p.value)
}

# Of a parameter that is set twice Postfix takes the last line.
_relay := object.union_n([{p.key: p.value} | some p in input.system.mail; p.key == "relayhost"]).relayhost

_aliased if {
	some l in configfiles.below("/etc/aliases")
	l.path == "/etc/aliases"
	lower(l.key) == "root"
}

_ready if {
	"postfix.service" in facts.in_use
	count(_addresses) + count(_users) > 0
	not _aliased
}

settings contains {"at": [_package], "option": ["services", "postfix", "rootAlias"], "value": concat(", ", sort(_addresses))} if {
	_ready
	count(_users) == 0
}

_table := "/var/lib/root-mail/root"

_copy := "/var/lib/pve2nix/mail/user.cfg"

_file := "/etc/pve/user.cfg" if {
	data.target == "proxmox"
} else := _copy

_script := concat("\n", [
	"touch \"$TABLE\"",
	"found=$(awk -F: -v users=\"$USERS\" '",
	"  BEGIN { n = split(users, list, \" \"); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }",
	"  $1 == \"user\" && ($2 in wanted) && $7 ~ /^[A-Za-z0-9._+=-]+@[A-Za-z0-9.-]+$/ { print $7 }",
	"' \"$FILE\") || found=",
	"if [ -n \"$ADDRESSES$found\" ]; then",
	"  echo root $(echo $ADDRESSES $found | sed 's/ /, /g') > \"$TABLE.new\"",
	"  mv \"$TABLE.new\" \"$TABLE\"",
	"else",
	"  echo \"no user whom notifications name has an address: mail to root stays here\" >&2",
	"fi",
	"",
])

settings contains {"at": [_package], "option": option, "value": value} if {
	_ready
	count(_users) > 0
	some [option, value] in [
		[["services", "postfix", "config", "alias_maps"], [sprintf("texthash:%s", [_table])]],
		[["systemd", "services", "root-mail", "description"], "Readers of mail to root"],
		[["systemd", "services", "root-mail", "wantedBy"], ["postfix.service"]],
		[["systemd", "services", "root-mail", "before"], ["postfix.service"]],
		[["systemd", "services", "root-mail", "after"], _after],
		[["systemd", "services", "root-mail", "path"], [{"_ref": ["pkgs", "gawk"]}]],
		[["systemd", "services", "root-mail", "environment"], {
			"ADDRESSES": concat(" ", sort(_addresses)),
			"FILE": _file,
			"TABLE": _table,
			"USERS": concat(" ", sort(_users)),
		}],
		[["systemd", "services", "root-mail", "serviceConfig"], {"Type": "oneshot", "StateDirectory": "root-mail", "UMask": "0022"}],
		[["systemd", "services", "root-mail", "script"], _script],
	]
}

_after := ["pve-cluster.service"] if {
	data.target == "proxmox"
} else := []

carries contains {"at": [_package], "path": "/etc/pve/user.cfg", "to": _copy, "mode": "0600", "secret": true} if {
	_ready
	count(_users) > 0
	data.target != "proxmox"
}
