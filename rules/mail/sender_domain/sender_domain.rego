# METADATA
# scope: package
# title: Mail of the host leaves with another domain
# description: |
#  myorigin is a file on this host, {file}, whose content is not known; on Debian it is
#  /etc/mailname. The file is not taken over. Postfix of NixOS then sends as root@{host} instead
#  of root@ the domain in that file. Relays that accept certain senders only, SPF and filters of
#  the readers refuse or hide such mail, and replies to it come back.
# custom:
#  id: PVE-MAIL-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Postfix
#  equivalent: services.postfix.config
#  account: none
#  workaround: |
#   Set services.postfix.config.myorigin (services.postfix.settings.main.myorigin on 25.11)
#   to the first line of that file, `head -n1 /etc/mailname` on PVE.
#  test:
#   before: |
#    `postconf -h myorigin` prints /etc/mailname.
#   after: |
#    `postconf -h myorigin` prints the domain on the trial system, and a mail from `echo test
#    | sendmail you@example.net` has it in its sender.
#  phase: run
#  sources:
#   - https://www.postfix.org/postconf.5.html#myorigin
#   - https://manpages.debian.org/stable/postfix/postconf.5.en.html
package rules.mail.sender_domain

import data.lib.facts
import data.rules.system.mail

_last := object.union_n([{p.key: {"value": p.value, "at": sprintf("/system/mail/%d", [i])}} | some i, p in input.system.mail])

_fqdn := concat(".", [input.host.name, input.host.domain]) if {
	input.host.domain
} else := input.host.name

findings contains {"at": [_last.myorigin.at], "vars": {"file": _last.myorigin.value, "host": object.get(_last, ["myhostname", "value"], _fqdn)}} if {
	"postfix.service" in facts.in_use
	startswith(_last.myorigin.value, "/")
	not _translated
}

_translated if {
	some s in mail.settings
	s.option == ["services", "postfix", "config", "myorigin"]
}
