# METADATA
# scope: package
# title: Logs no longer leave the host
# description: |
#  rsyslog sends what is logged to {targets}, in a way that is not taken over: encrypted by
#  another driver than gtls, with keys in other places than /etc, or with a form of its own. The rsyslog of NixOS starts with rules of
#  its own that write files and send nothing, so the log host hears nothing more of this node,
#  and alarms and evidence that are made of these lines are missing without an error
#  anywhere.
# custom:
#  id: PVE-SYS-012
#  kind: gap
#  category: service
#  severity: major
#  component: rsyslog
#  equivalent: services.rsyslogd
#  account: none
#  workaround: |
#   Put the line into services.rsyslogd.extraConfig, with modules by name as here, or send
#   the journal with services.journald.upload to a host that takes it. Certificates for TLS
#   are files of their own to carry.
#  test:
#   before: |
#    `logger -p user.notice conversion-test-1` on PVE appears at {targets}.
#   after: |
#    `logger -p user.notice conversion-test-2` on the trial system appears there too.
#  phase: run
#  sources:
#   - https://www.rsyslog.com/doc/configuration/actions.html
#   - https://search.nixos.org/options?query=services.rsyslogd.extraConfig
package rules.system.log_forwarding

import data.lib.facts
import data.lib.lines

_targets[[file, i]] := target if {
	"rsyslog.service" in facts.in_use
	some file, f in lines.files
	regex.match(`^/etc/rsyslog(\.conf$|\.d/)`, file)
	some i, p in f.properties
	target := _target(p.value)
}

# Selector and @host or @@host, or the action omfwd.
_target(line) := regex.replace(found[0], `^.*[ \t]@+(\([a-z0-9,]*\))?`, "") if {
	found := regex.find_n(`^[^# \t]+[ \t]+@@?(\([a-z0-9,]*\))?[A-Za-z0-9.:\[\]_-]+`, line, 1)
	count(found) > 0
} else := regex.replace(found[0], `^.*target="|"$`, "") if {
	contains(line, "omfwd")
	found := regex.find_n(`target="[^"]+"`, lower(line), 1)
	count(found) > 0
}

_at := sort([lines.at(key[0], key[1]) | some key, _ in _targets])

findings contains {"at": _at, "vars": {"targets": concat(", ", sort({t | some t in _targets}))}} if {
	count(_targets) > 0
	not _kept
}

# Lines that can be said as they are, in the order in which rsyslog reads them: a queue is that of the next action.
_said := [[file, i, p.value] |
	some file in sort([file | some file, _ in lines.files; regex.match(`^/etc/rsyslog(\.conf$|\.d/)`, file)])
	some i, p in lines.files[file].properties
	_plain(p.value)
]

_plain(line) if regex.match(`^[A-Za-z0-9.,;*!=_-]+[ \t]+@@?(\([a-z0-9,]+\))?([A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(;RSYSLOG_[A-Za-z]+)?$`, line)

_plain(line) if {
	regex.match(`^([A-Za-z0-9.,;*!=_-]+[ \t]+)?action\(([ \t]*[A-Za-z._]+="[A-Za-z0-9.:_/*,-]*")+[ \t]*\)$`, line)
	contains(line, `type="omfwd"`)
	not regex.match(`(?i)template="[^R]`, line)
}

# Who is believed, and by which files: rsyslog of NixOS has the driver gtls.
_plain(line) if regex.match(`^\$(DefaultNetstreamDriver|DefaultNetstreamDriver(CA|Cert|Key)File|ActionSendStreamDriver(Mode|AuthMode|PermittedPeer)?)[ \t]+[A-Za-z0-9*._/-]+$`, line)

_plain(line) if regex.match(`^(?i:global)\(([ \t]*(?i:defaultNetstreamDriver(CAFile|CertFile|KeyFile)?)="[A-Za-z0-9._/-]+")+[ \t]*\)$`, line)

_plain(line) if regex.match(`^\$Action(Queue|Resume)[A-Za-z]+[ \t]+[A-Za-z0-9._-]+$`, line)

# What is sent encrypted must not go out in plain text: each line about it is said, and it is by the driver that is there.
_encrypted if {
	some line in _about_tls
	not _plain(line)
}

_encrypted if {
	some line in _about_tls
	contains(lower(line), "ossl")
}

# Each file that it reads has to be copied, or be there.
_encrypted if {
	some path in _tls_files
	not _reachable(path)
}

_about_tls contains line if {
	some file, f in lines.files
	regex.match(`^/etc/rsyslog(\.conf$|\.d/)`, file)
	some p in f.properties
	line := object.get(p, "value", "")
	is_string(line)
	regex.match(`(?i)netstream|streamdriver|gtls|ossl`, line)
}

_tls_files contains path if {
	some line in _about_tls
	some found in regex.find_n(`[ \t"]/[^ \t"]+`, line, -1)
	path := substring(found, 1, -1)
}

_authorities := "/etc/ssl/certs/ca-certificates.crt"

_reachable(path) if path == _authorities

_reachable(path) if {
	facts.plain_path(path)
	regex.match(`^/(etc/(ssl|rsyslog[^/]*|pki|certs|letsencrypt|syslog[^/]*)|usr/local|var/lib/rsyslog|root)/`, path)
}

carries contains {"at": _at, "path": path, "to": path, "mode": "0600", "secret": true} if {
	_kept
	some path in _tls_files
	path != _authorities
}

_kept if {
	count(_targets) > 0
	not _encrypted
	every key, _ in _targets {
		_plain(lines.files[key[0]].properties[key[1]].value)
	}
}

# The catalog starts it.
settings contains {"at": sort([lines.at(file, i) | some [file, i, _] in _said]), "option": ["services", "rsyslogd", "extraConfig"], "value": concat("", [sprintf("%s\n", [text]) | some [_, _, text] in _said])} if {
	_kept
}
