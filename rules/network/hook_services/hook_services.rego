# METADATA
# scope: package
# title: Commands of interfaces as services
# description: |
#  Commands that an interface ran when it came up, and that no option says, are run by a
#  service that is bound to the interface's device: once when the device appears, those
#  of down lines when it goes, and never again at a switch. Only commands of known forms
#  are run, without a shell, with the programs of packages; scripts of the host are
#  carried to their own place.
# custom:
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/interfaces.5.en.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.device.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
package rules.network.hook_services

import data.lib.hookservices

_gaps := {"other": "PVE-NET-007", "filter": "PVE-NET-008", "hardware": "PVE-NET-009", "link": "PVE-NET-043"}

_words := {"other": "Commands", "filter": "Filters", "hardware": "Card", "link": "Settings of the card"}

_unit(name, topic) := sprintf("network-%s-%s", [name, topic])

bridges contains {"at": s.at, "bridge": "network", "params": {"interface": name, "service": _unit(name, topic), "closes": [_gaps[topic]]}} if {
	some name, topics in hookservices.services
	some topic, s in topics
}

settings contains {"at": s.at, "option": array.concat(["systemd", "services", _unit(name, topic)], option), "value": value} if {
	some name, topics in hookservices.services
	some topic, s in topics
	some [option, value] in array.concat(_always(name, topic, s), _down(s))
}

_always(name, topic, s) := [
	[["description"], sprintf("%s of the interface %s", [_words[topic], name])],
	[["wantedBy"], [s.device]],
	[["bindsTo"], [s.device]],
	[["after"], array.concat([s.device, "systemd-networkd.service"], _late(topic, s))],
	[["before"], ["incus.service", "libvirtd.service", "pve-guests.service"]],
	[["restartIfChanged"], false],
	[["serviceConfig", "Type"], "oneshot"],
	[["serviceConfig", "RemainAfterExit"], true],
	[["serviceConfig", "ExecStart"], s.start],
]

_down(s) := [[["serviceConfig", "ExecStop"], s.stop]] if {
	count(s.stop) > 0
} else := []

# A filter stands beside the tables of the host, and comes after them.
_late("filter", _) := ["nftables.service"]

_late(topic, s) := ["bin.mount", "usr-bin.mount"] if {
	topic != "filter"
	count(s.scripts) > 0
} else := [] if {
	topic != "filter"
}

# What ifupdown2 tells scripts.
settings contains {"at": s.at, "option": ["systemd", "services", _unit(name, topic), option], "value": value} if {
	some name, topics in hookservices.services
	some topic, s in topics
	count(s.scripts) > 0
	some option, value in {
		"environment": {"IFACE": name, "LOGICAL": name, "MODE": "start", "PHASE": "post-up"},
		"path": ["/run/wrappers", "/run/current-system/sw", "/usr/local", {"_ref": ["pkgs", "iproute2"]}, {"_ref": ["pkgs", "iptables"]}, {"_ref": ["pkgs", "ethtool"]}],
	}
}

_scripts[path] contains at if {
	some topics in hookservices.services
	some s in topics
	some path in s.scripts
	some at in s.at
}

settings contains {"at": sort(union({at | some at in _scripts})), "option": ["services", "envfs"], "value": {
	"enable": true,
	"extraFallbackPathCommands": {"_concat": ["ln -sf ", {"_ref": ["config", "system", "path"]}, "/bin/* $out/"]},
}} if {
	count(_scripts) > 0
}

carries contains {"at": [at], "path": path, "to": path, "mode": "0755", "secret": true} if {
	some path, _ in _scripts
	some i, f in input.local_files
	f.path == path
	at := sprintf("/local_files/%d", [i])
}

checks contains {"at": s.at, "check": "unit-active", "params": {"unit": sprintf("%s.service", [_unit(name, topic)])}, "required": false} if {
	some name, topics in hookservices.services
	some topic, s in topics
}
