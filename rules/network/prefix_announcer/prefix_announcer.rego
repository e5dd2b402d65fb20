# METADATA
# scope: package
# title: Router advertisements of radvd
# description: |
#  Where radvd announces prefixes and routes of IPv6 to guests and other machines, a service
#  runs it with the carried file.
# custom:
#  sources:
#   - https://manpages.debian.org/bookworm/radvd/radvd.8.en.html
#   - https://search.nixos.org/options?query=services.radvd
package rules.network.prefix_announcer

import data.lib.configfiles
import data.lib.facts

_unit := "radvd.service"

_path := "/etc/radvd.conf"

_to := concat("", ["/var/lib/pve2nix", _path])

_file := configfiles.files[_path] if {
	_unit in facts.in_use
	facts.units[_unit]
	count(facts.units[_unit].unit.drop_ins) == 0
}

_at := sort({_file.at, facts.units[_unit].at} | {sprintf("%s/properties/%d", [_file.at, j]) | some j, _ in _file.lines})

bridges contains {"at": [at], "bridge": "network", "params": {"service": "radvd"}} if {
	some at in _at
}

carries contains {"at": _at, "path": _path, "to": _to, "mode": "0644", "secret": true} if _file

settings contains {"at": _at, "option": array.concat(["systemd", "services", "radvd"], option), "value": value} if {
	some [option, value] in [
		[["description"], "Router advertisements for other machines"],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-online.target"]],
		[["after"], ["network-online.target"]],
		[["unitConfig", "ConditionPathExists"], _to],
		[["serviceConfig", "ExecStart"], {"_concat": [{"_ref": ["pkgs", "radvd"]}, sprintf("/bin/radvd --nodaemon --logmethod stderr --config %s", [_to])]}],
		[["serviceConfig", "ExecReload"], {"_concat": [{"_ref": ["pkgs", "coreutils"]}, "/bin/kill -HUP $MAINPID"]}],
		[["serviceConfig", "Restart"], "on-failure"],
	]
}

checks contains {"at": _at, "check": "unit-active", "params": {"unit": _unit}, "required": false} if _file
