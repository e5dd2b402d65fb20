# METADATA
# scope: package
# title: Telegraf
# description: |
#  Telegraf collects and sends what its files say, tokens included: they are carried, handed to
#  it as credentials, and read in place of the configuration that the module would write.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.telegraf
#   - https://github.com/influxdata/telegraf/blob/master/docs/CONFIGURATION.md
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LoadCredential=ID:PATH
package rules.services.telegraf

import data.lib.facts
import data.lib.lines

_unit := facts.units["telegraf.service"].at if "telegraf.service" in facts.in_use

_files := sort([path | some path, _ in lines.files; regex.match(`^/etc/telegraf/telegraf(\.d/[A-Za-z0-9_.+-]+)?\.conf$`, path)])

_ready if {
	_unit
	"/etc/telegraf/telegraf.conf" in _files
}

_name(path) := replace(trim_prefix(path, "/etc/telegraf/"), "/", "_")

_start := {"_concat": array.concat([{"_ref": ["config", "services", "telegraf", "package"]}, "/bin/telegraf"], [sprintf(" --config /run/credentials/telegraf.service/%s", [_name(path)]) | some path in _files])}

settings contains {"at": [_unit], "option": ["services", "telegraf", "enable"], "value": true} if _ready

settings contains {"at": [_unit], "option": ["systemd", "services", "telegraf", "serviceConfig", name], "value": value} if {
	_ready
	some name, value in {
		"ExecStart": {"_mkForce": _start},
		"LoadCredential": [sprintf("%s:/var/lib/pve2nix%s", [_name(path), path]) | some path in _files],
	}
}

# What inputs call by name.
settings contains {"at": [_unit], "option": ["systemd", "services", "telegraf", "path"], "value": ["/run/wrappers", "/run/current-system/sw"]} if _ready

carries contains {"at": [lines.at(path, i) | some i, _ in lines.files[path].properties], "path": path, "to": concat("", ["/var/lib/pve2nix", path]), "mode": "0600", "secret": true} if {
	_ready
	some path in _files
}

# Variables that the files name, tokens among them.
_variables := "/etc/default/telegraf"

_set := [lines.at(_variables, i) | some i, _ in lines.files[_variables].properties]

settings contains {"at": [_unit], "option": ["services", "telegraf", "environmentFiles"], "value": [concat("", ["/var/lib/pve2nix", _variables])]} if {
	_ready
	count(_set) > 0
}

carries contains {"at": _set, "path": _variables, "to": concat("", ["/var/lib/pve2nix", _variables]), "mode": "0600", "secret": true} if {
	_ready
	count(_set) > 0
}
