# METADATA
# scope: package
# title: Machines that send mail through this host meet no encryption
# description: |
#  Postfix here takes mail from other machines ({networks} on {interfaces}) and presents a
#  certificate of its own ({certificate}). Networks and interfaces are taken over; this
#  certificate is not, because another program renews it here or a file of it is not where
#  main.cf says. Copiers, UPSs and guests that demand STARTTLS break off, others send their
#  passwords and reports in plain text from then on.
# custom:
#  id: PVE-MAIL-004
#  kind: gap
#  category: service
#  severity: major
#  component: Postfix
#  equivalent: services.postfix.sslCert
#  account: review
#  workaround: |
#   Copy certificate and key to a path that only root reads and set services.postfix.sslCert
#   and services.postfix.sslKey (on 25.11
#   services.postfix.settings.main.smtpd_tls_chain_files), or let security.acme order one.
#  test:
#   before: |
#    `openssl s_client -starttls smtp -connect HOST:25 </dev/null` prints the certificate on
#    PVE.
#   after: |
#    `openssl s_client -starttls smtp -connect HOST:25 </dev/null` prints the same
#    certificate from the trial system, and a copier or guest sends a test mail.
#  phase: run
#  sources:
#   - https://www.postfix.org/TLS_README.html#server_tls
#   - https://search.nixos.org/options?query=services.postfix.sslCert
package rules.mail.relay_for_others

import data.lib.facts

_last := object.union_n([{p.key: {"value": p.value, "at": sprintf("/system/mail/%d", [i])}} | some i, p in input.system.mail])

_certificate := [_last[key] |
	some key in ["smtpd_tls_cert_file", "smtpd_tls_chain_files"]
	_last[key].value
	not contains(_last[key].value, "ssl-cert-snakeoil")
][0]

_networks := [word |
	some word in regex.split(`[,\s]+`, trim_space(_last.mynetworks.value))
	word != ""
	not regex.match(`^(127\.|\[::1\]|\[::ffff:127)`, word)
]

_interfaces := object.get(_last, ["inet_interfaces", "value"], "all")

findings contains {"at": sort({_certificate.at, _last.mynetworks.at}), "vars": {
	"networks": concat(", ", _networks),
	"interfaces": _interfaces,
	"certificate": _certificate.value,
}} if {
	"postfix.service" in facts.in_use
	count(_networks) > 0
	not _interfaces in {"loopback-only", "localhost"}
	not _kept
}

# Certificate and key as files that nobody renews under them.
_files := {key: {"path": trim_space(_last[key].value), "at": _last[key].at} |
	some key in ["smtpd_tls_CAfile", "smtpd_tls_cert_file", "smtpd_tls_chain_files", "smtpd_tls_key_file"]
	_last[key].value != ""
	not contains(_last[key].value, "ssl-cert-snakeoil")
}

_kept if {
	"postfix.service" in facts.in_use
	_certificate
	every file in _files {
		facts.plain_path(file.path)
		not regex.match(`[ ,:]|^/etc/(letsencrypt|pve)/`, file.path)
		file.path in _there
	}
}

_there contains _authorities

_there contains f.path if {
	some f in input.local_files
	not object.get(f, "state", "") == "missing"
}

_there contains c.path if some c in input.certificates

_carried(path) := concat("", ["/var/lib/pve2nix", path]) if path != _authorities

_carried(path) := path if path == _authorities

# At the same place on NixOS.
_authorities := "/etc/ssl/certs/ca-certificates.crt"

settings contains {"at": [file.at], "option": ["services", "postfix", "config", key], "value": _carried(file.path)} if {
	_kept
	some key, file in _files
}

settings contains {"at": [_last[key].at], "option": ["services", "postfix", "config", key], "value": _last[key].value} if {
	_kept
	some key in ["smtpd_tls_auth_only", "smtpd_tls_loglevel", "smtpd_tls_received_header", "smtpd_tls_security_level", "smtpd_use_tls"]
	regex.match(`^[a-z0-9]+$`, _last[key].value)
}

_own(path) := [sprintf("/local_files/%d", [i]) | some i, f in input.local_files; f.path == path]

carries contains {"at": array.concat(_own(file.path), [file.at]), "path": file.path, "to": _carried(file.path), "mode": "0600", "secret": true} if {
	_kept
	some file in _files
	file.path != _authorities
}
