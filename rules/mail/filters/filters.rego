# METADATA
# scope: package
# title: Mail passes filters that do not come along
# description: |
#  main.cf hands mail to filters ({filters}). Neither these lines nor the programs behind
#  them are taken over. Mail leaves all the same, but unsigned; a receiver who checks DKIM or
#  DMARC for your domain puts the backup reports into junk, and nobody sees an error on the
#  host.
# custom:
#  id: PVE-MAIL-003
#  kind: gap
#  category: service
#  severity: minor
#  component: Postfix
#  equivalent: services.opendkim.enable, services.rspamd.enable
#  account: none
#  workaround: |
#   Set services.opendkim (or services.rspamd, services.opendmarc) with its key copied to
#   services.opendkim.keyPath, and name its socket in services.postfix.config.smtpd_milters
#   and non_smtpd_milters; mail of local programs passes the second only.
#  test:
#   before: |
#    `postconf -n | grep -E "milters|content_filter"` prints the filters.
#   after: |
#    `postconf -n | grep milters` prints them on the trial system, and a test mail to another
#    domain arrives with a header DKIM-Signature.
#  phase: run
#  sources:
#   - https://www.postfix.org/MILTER_README.html
#   - https://search.nixos.org/options?query=services.opendkim
package rules.mail.filters

import data.lib.facts

_keys := {"content_filter", "non_smtpd_milters", "smtpd_milters"}

_lines[sprintf("/system/mail/%d", [i])] := p if {
	some i, p in input.system.mail
	p.key in _keys
	p.value != ""
}

findings contains {"at": sort(object.keys(_lines)), "vars": {"filters": concat(", ", sort({p.value | some p in _lines}))}} if {
	"postfix.service" in facts.in_use
	count(_lines) > 0
}
