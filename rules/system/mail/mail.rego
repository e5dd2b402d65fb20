# METADATA
# scope: package
# title: Mail of the host through Postfix
# description: |
#  Takes over the lines of main.cf that say where mail of the host goes and
#  who may send it: names, relay, networks, TLS. They go into the free-form
#  configuration of Postfix, which every release has under some name.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.postfix.config
#   - https://www.postfix.org/postconf.5.html
package rules.system.mail

import data.lib.facts
import data.lib.guard

_used if facts.packages.postfix

_words := {"mydestination", "mynetworks", "relayhost"}

_text := {
	"inet_interfaces", "inet_protocols", "message_size_limit", "mydomain", "myhostname", "myorigin", "relay_domains",
	"smtp_address_preference", "smtp_bind_address", "smtp_bind_address6", "smtp_helo_name", "smtp_sasl_auth_enable",
	"smtp_sasl_mechanism_filter", "smtp_sasl_security_options", "smtp_sasl_tls_security_options", "smtp_tls_loglevel",
	"smtp_tls_mandatory_protocols", "smtp_tls_note_starttls_offer", "smtp_tls_protocols", "smtp_tls_security_level",
	"smtp_tls_wrappermode", "smtp_use_tls", "disable_vrfy_command", "bounce_queue_lifetime", "maximal_queue_lifetime",
}

# Of a parameter that is set twice Postfix takes the last line.
_last := object.union_n([{p.key: i} | some i, p in input.system.mail])

# A value that begins with a slash names a file of Debian's root.
_fits(value) if {
	guard.line(value)
	not startswith(value, "/")
}

settings contains {"at": [sprintf("/system/mail/%d", [i])], "option": ["services", "postfix", "config", p.key], "value": value} if {
	_used
	some i in _last
	p := input.system.mail[i]
	p.key in _words
	_fits(p.value)
	value := [w | some w in regex.split(`[,\s]+`, trim_space(p.value)); w != ""]
}

settings contains {"at": [sprintf("/system/mail/%d", [i])], "option": ["services", "postfix", "config", p.key], "value": p.value} if {
	_used
	some i in _last
	p := input.system.mail[i]
	p.key in _text
	p.value != ""
	_fits(p.value)
}

# Debian keeps the domain of the sender in a file beside.
settings contains {"at": [sprintf("/system/mail/%d", [i])], "option": ["services", "postfix", "config", "myorigin"], "value": input.system.mail_name} if {
	_used
	i := _last.myorigin
	input.system.mail[i].value == "/etc/mailname"
	regex.match(`^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$`, input.system.mail_name)
}

settings contains {"at": [facts.packages.postfix.at], "option": ["services", "postfix", "enable"], "value": true} if {
	_used
	"postfix.service" in facts.in_use
}
