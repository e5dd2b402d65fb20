# METADATA
# scope: package
# title: Postfix rewrites headers by a table that stays behind
# description: |
#  main.cf names checks of headers or bodies ({keys}). They are how hosts get a readable name
#  into From, drop noise, or replace an address that the relay refuses. A table below
#  /etc/postfix comes along; these lie elsewhere, are missing or stand in a list, and are not
#  taken over. Mail leaves as the programs wrote it, and the relay answers "sender address
#  rejected".
# custom:
#  id: PVE-MAIL-005
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Postfix
#  equivalent: services.postfix.enableHeaderChecks
#  account: review
#  workaround: |
#   Set services.postfix.enableHeaderChecks and services.postfix.headerChecks for
#   header_checks; for smtp_header_checks write the table with services.postfix.mapFiles and
#   name it in services.postfix.config as "regexp:/etc/postfix/NAME".
#  test:
#   before: |
#    `postconf -n | grep _checks` prints the tables on PVE.
#   after: |
#    `postconf -n | grep _checks` prints them on the trial system, and a mail from `echo test
#    | sendmail you@example.net` arrives with the same From as from PVE.
#  phase: run
#  sources:
#   - https://www.postfix.org/header_checks.5.html
#   - https://search.nixos.org/options?query=services.postfix.headerChecks
package rules.mail.header_checks

import data.lib.facts
import data.lib.mailtables

_tables[sprintf("/system/mail/%d", [i])] := p.key if {
	some i, p in mailtables.all
	endswith(p.key, "_checks")
	not mailtables.kept[i]
}

findings contains {"at": sort(object.keys(_tables)), "vars": {"keys": concat(", ", sort({key | some key in _tables}))}} if {
	"postfix.service" in facts.in_use
	count(_tables) > 0
}
