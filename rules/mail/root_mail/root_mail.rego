# METADATA
# scope: package
# title: Mail to root reaches the readers of notifications
# description: |
#  On Proxmox VE mail for root, of cron, smartd and ZED, is handed to the targets of
#  notifications by proxmox-mail-forward, which NixOS has not. Postfix sends it to the addresses that
#  the targets name, by the relay of this host. Where a target names a user of Proxmox VE
#  alone, or there is no relay, nobody knows the way.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.postfix.rootAlias
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

_addresses contains p.value if {
	some name, t in notices.targets
	name in _named
	t.section.type in {"sendmail", "smtp"}
	some p in t.section.properties
	p.key == "mailto"
	regex.match(`^[A-Za-z0-9._+=-]{1,64}@[A-Za-z0-9.-]{1,253}$`, p.value)
}

# Of a parameter that is set twice Postfix takes the last line.
_relay := object.union_n([{p.key: p.value} | some p in input.system.mail; p.key == "relayhost"]).relayhost

_aliased if {
	some l in configfiles.below("/etc/aliases")
	l.path == "/etc/aliases"
	lower(l.key) == "root"
}

settings contains {"at": [_package], "option": ["services", "postfix", "rootAlias"], "value": concat(", ", sort(_addresses))} if {
	"postfix.service" in facts.in_use
	_relay != ""
	count(_addresses) > 0
	not _aliased
}
