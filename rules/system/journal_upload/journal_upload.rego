# METADATA
# scope: package
# title: The journal goes to another host as before
# description: |
#  Where systemd-journal-upload runs, its lines are those of services.journald.upload, and the keys
#  and certificates that they name go along, readable for the group that the service has.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/journal-upload.conf.html
#   - https://search.nixos.org/options?query=services.journald.upload
package rules.system.journal_upload

import data.lib.configfiles
import data.lib.facts

_unit := "systemd-journal-upload.service"

_path := "/etc/systemd/journal-upload.conf"

_files := {"ServerKeyFile", "ServerCertificateFile", "TrustedCertificateFile"}

# Of a key that is set twice systemd takes the last.
_lines := object.union_n([{key: line} |
	_unit in facts.in_use
	some line in configfiles.below(_path)
	line.path == _path
	startswith(line.key, "Upload.")
	key := trim_prefix(line.key, "Upload.")
	_said(key, line.value)
])

_said("URL", value) if regex.match(`^(https?://)?([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?$`, value)

_said("NetworkTimeoutSec", value) if regex.match(`^[0-9]{1,6}[a-z]{0,5}$`, value)

_said(key, value) if {
	key in _files
	facts.plain_path(value)
	regex.match(`^/(etc|var/lib|usr/local)/[A-Za-z0-9._/-]+$`, value)
}

_said("TrustedCertificateFile", "all")

# A line that cannot be said leaves all of it to a person: keys are not left out.
_ready if {
	_lines.URL
	not _left
}

_left if {
	some p in configfiles.files[_path].lines
	key := trim_prefix(p.key, "Upload.")
	not key in {"Compression", "ForceCompression"}
	not _said(key, object.get(p, "value", ""))
}

_at := sort(array.concat([facts.units[_unit].at], [line.at | some line in _lines]))

settings contains {"at": [facts.units[_unit].at], "option": ["services", "journald", "upload", "enable"], "value": true} if _ready

settings contains {"at": [line.at], "option": ["services", "journald", "upload", "settings", "Upload", key], "value": line.value} if {
	_ready
	some key, line in _lines
}

_carried[line.value] contains line.at if {
	_ready
	some key, line in _lines
	key in _files
	startswith(line.value, "/")
	line.value != "/etc/ssl/certs/ca-certificates.crt"
}

carries contains {"at": sort(at), "path": path, "to": path, "mode": "0640", "secret": true} if some path, at in _carried

# The service is of the group, and root alone owns what was copied.
settings contains {"at": sort(at), "option": ["systemd", "tmpfiles", "rules"], "value": [sprintf("z %s 0640 root systemd-journal -", [path])]} if some path, at in _carried

checks contains {"at": _at, "check": "unit-active", "params": {"unit": _unit}, "required": false} if _ready
