# METADATA
# scope: package
# title: Dynamic names by ddclient
# description: |
#  ddclient tells the name server of the host's address with the file that it has here,
#  password included, which is carried.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.ddclient.configFile
#   - https://ddclient.net/usage.html
package rules.services.ddclient

import data.lib.facts
import data.lib.lines

_file := "/etc/ddclient.conf"

_unit := facts.units["ddclient.service"].at if "ddclient.service" in facts.in_use

# What is not there cannot be copied.
_at := [lines.at(_file, i) | some i, _ in lines.files[_file].properties]

_kept := concat("", ["/var/lib/pve2nix", _file])

settings contains {"at": [_unit], "option": ["services", "ddclient", name], "value": value} if {
	count(_at) > 0
	some name, value in {"enable": true, "configFile": _kept}
}

# The timer of the module calls it, and it remembers what it has told: servers shut out who repeats the same.
_start := {"_concat": [{"_ref": ["config", "services", "ddclient", "package"]}, "/bin/ddclient -daemon 0 -file /run/ddclient/ddclient.conf -cache /var/lib/ddclient/ddclient.cache"]}

settings contains {"at": [_unit], "option": option, "value": value} if {
	count(_at) > 0
	some [option, value] in [
		[["systemd", "services", "ddclient", "serviceConfig", "ExecStart"], {"_mkForce": _start}],
		[["systemd", "services", "ddclient", "path"], [{"_ref": ["pkgs", "iproute2"]}]],
	]
}

carries contains {"at": _at, "path": _file, "to": _kept, "mode": "0600", "secret": true} if {
	_unit
	count(_at) > 0
}
