# METADATA
# scope: package
# title: Mounts on demand
# description: |
#  autofs mounts what its maps say when somebody looks. The lines of auto.master go into
#  services.autofs, and the maps that they name are carried, since they may name
#  credentials. A map that is a program of Debian's package (auto.net, auto.smb) has no
#  counterpart; the built-in map -hosts does the same for NFS.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.autofs
#   - https://manpages.debian.org/stable/autofs/auto.master.5.en.html
package rules.storage.automounts

import data.lib.configfiles
import data.lib.facts

_used if {
	facts.packages.autofs
	"autofs.service" in facts.in_use
}

_lines := [object.union(line, {"map": found[0][1], "options": found[0][2]}) |
	_used
	some line in configfiles.below("/etc/auto.master")
	regex.match(`^/etc/auto\.master(\.d/[A-Za-z0-9_.-]+\.autofs)?$`, line.path)
	_place(line.key)
	found := regex.find_all_string_submatch_n(`^(?:file:)?(-hosts|/etc/[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)((?:[ \t]+[A-Za-z0-9_.,:=/-]+)*)[ \t]*$`, line.value, 1)
	count(found) == 1
	not found[0][1] in {"/etc/auto.net", "/etc/auto.smb"}
	not contains(found[0][1], "/..")
]

_place("/-")

_place(path) if {
	facts.plain_path(path)
	regex.match(`^/(home|media|misc|mnt|net|opt|srv|nfs|data|auto)(/|$)`, path)
}

_copy(map) := concat("", ["/var/lib/pve2nix", map])

_map(map) := map if {
	map == "-hosts"
} else := concat("", ["file:", _copy(map)])

settings contains {"at": [line.at | some line in _lines], "option": ["services", "autofs", name], "value": value} if {
	count(_lines) > 0
	some name, value in {
		"enable": true,
		"autoMaster": concat("", [sprintf("%s %s%s\n", [line.key, _map(line.map), line.options]) | some line in _lines]),
	}
}

carries contains {"at": [line.at], "path": line.map, "to": _copy(line.map), "mode": "0600", "secret": true} if {
	some line in _lines
	line.map != "-hosts"
}

bridges contains {"at": sort(array.concat([line.at | some line in _lines], [facts.units["autofs.service"].at])), "bridge": "storage", "params": {"unit": "autofs.service"}} if {
	count(_lines) > 0
}

checks contains {"at": [facts.units["autofs.service"].at], "check": "unit-active", "params": {"unit": "autofs.service"}, "required": true} if {
	count(_lines) > 0
}
