# METADATA
# scope: package
# title: Settings of the iSCSI initiator
# description: |
#  iscsid.conf may hold the password of a target. It is carried as it is, and the
#  initiator of NixOS reads it behind its own file.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.openiscsi.extraConfigFile
#   - https://manpages.debian.org/stable/open-iscsi/iscsid.8.en.html
package rules.storage.iscsi_settings

import data.lib.configfiles
import data.lib.facts

_file := configfiles.files["/etc/iscsi/iscsid.conf"]

_kept := "/var/lib/pve2nix/etc/iscsi/iscsid.conf"

# Programs of Debian that iscsid would start are not there.
_at := [sprintf("%s/properties/%d", [_file.at, j]) |
	facts.packages["open-iscsi"]
	some j, p in _file.lines
	not startswith(p.key, "iscsid.startup")
]

settings contains {"at": _at, "option": ["services", "openiscsi", "extraConfigFile"], "value": _kept} if {
	count(_at) > 0
	_used
}

carries contains {"at": [_file.at], "path": "/etc/iscsi/iscsid.conf", "to": _kept, "mode": "0600", "secret": true} if {
	count(_at) > 0
	_used
}

_used if {
	some name in ["iscsid.service", "iscsid.socket", "open-iscsi.service"]
	name in facts.in_use
}

_used if {
	some s in facts.storages
	s.section.type in {"iscsi", "iscsidirect"}
}
