# METADATA
# scope: package
# title: The UPS, with Network UPS Tools
# description: |
#  Drivers, the server and its users, and the monitor that shuts the host down. Passwords stay in
#  Debian's own files, which are carried; a service reads them from there before the daemons
#  start, so that none is in the store.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=power.ups
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/monitoring/ups.nix
#   - https://networkupstools.org/docs/man/upsmon.conf.html
package rules.hardware.ups

import data.lib.configfiles
import data.lib.facts
import data.lib.lines

# Units

_names := ["nut-monitor.service", "nut-client.service", "upsmon.service", "nut-server.service", "nut-driver.service"]

_used contains facts.units[name].at if {
	some name in _names
	name in facts.in_use
}

_used contains u.at if {
	some name, u in facts.units
	startswith(name, "nut-driver@")
	name in facts.in_use
}

_mode := mode if {
	mode := configfiles.value("/etc/nut/nut.conf", "MODE")
	mode in {"netclient", "netserver", "standalone"}
}

_serves if _mode != "netclient"

_property(file) := [{"at": lines.at(file, i), "key": p.key, "property": p} | some i, p in lines.files[file].properties]

_value(p) := object.get(p, "value", "")

# Monitors

_lines := [line | some line in _property("/etc/nut/upsmon.conf"); line.key == "MONITOR"]

_monitors := [{"at": line.at, "name": regex.replace(system, `[^A-Za-z0-9_-]+`, "-"), "system": system, "supplies": to_number(supplies), "user": user, "role": role} |
	some line in _lines
	system := facts.field(line.property, "system")
	supplies := facts.field(line.property, "supplies")
	user := facts.field(line.property, "user")
	role := facts.field(line.property, "role")
	regex.match(`^[A-Za-z0-9_.-]{1,64}@[A-Za-z0-9_.:\[\]-]{1,253}$`, system)
	regex.match(`^[0-9]{1,3}$`, supplies)
	regex.match(`^[A-Za-z0-9_.-]{1,64}$`, user)
	role in {"master", "primary", "secondary", "slave"}
]

# A UPS that is not understood would be one that nobody listens to.
_ready if {
	count(_used) > 0
	_mode
	count(_monitors) > 0
	count(_monitors) == count(_lines)
	count({m.name | some m in _monitors}) == count(_monitors)
	count(_users) == count(_user_names)
	not _served_badly
}

_served_badly if {
	_serves
	count(_sections) == 0
}

_served_badly if {
	_serves
	not _carried_drivers
	count(_devices) != count(_sections)
}

# Drivers

_driver_lines := [{"at": line.at, "ups": m[1], "key": m[2], "property": line.property} |
	some line in _property("/etc/nut/ups.conf")
	some m in regex.find_all_string_submatch_n(`^([A-Za-z0-9_-]+)\.(.+)$`, line.key, 1)
]

_sections := {line.ups | some line in _driver_lines}

# A community or a password of a driver: the file is used as it is, NixOS's would be in the store.
_carried_drivers if {
	some line in _driver_lines
	line.property.secret
}

_of[ups][line.key] := _value(line.property) if {
	some line in _driver_lines
	ups := line.ups
	not line.key in object.get(_repeated, ups, set())
}

_repeated[ups] contains line.key if {
	some i, line in _driver_lines
	ups := line.ups
	_first[[ups, line.key]] < i
}

_first[[line.ups, line.key]] := min(places) if {
	some line in _driver_lines
	places := _places[[line.ups, line.key]]
}

_places[[line.ups, line.key]] contains i if some i, line in _driver_lines

_devices[ups] := device if {
	some ups, keys in _of
	regex.match(`^[a-z0-9_-]+$`, keys.driver)
	regex.match(`^[A-Za-z0-9_./:@-]+$`, keys.port)
	count(object.get(_repeated, ups, set())) == 0
	every key, value in keys {
		regex.match(`^[A-Za-z][A-Za-z0-9_.]*$`, key)
		regex.match(`^[A-Za-z0-9_.,:;/@+*()#%^?!<>|=' -]*$`, value)
	}
	every key in ["maxstartdelay", "sdorder"] {
		regex.match(`^(-1|[0-9]{1,4})$`, object.get(keys, key, "0"))
	}
	device := object.union_n(array.concat(
		[{"driver": keys.driver, "port": keys.port, "directives": _directives(keys)}],
		[found |
			some key, option in {"maxstartdelay": "maxStartDelay", "sdorder": "shutdownOrder"}
			found := {option: to_number(keys[key])}
		],
	))
}

_directives(keys) := [text |
	some key in sort(object.keys(object.union(_inherited, keys)))
	not key in {"driver", "port", "desc", "sdorder", "maxstartdelay"}
	text := _directive(key, object.get(keys, key, object.get(_inherited, key, "")))
]

_directive(key, "") := key

_directive(key, value) := sprintf(`%s = "%s"`, [key, value]) if value != ""

# What stands above all sections and has a word in each.
_inherited[line.key] := value if {
	some line in _property("/etc/nut/ups.conf")
	line.key in {"pollinterval", "synchronous"}
	value := _value(line.property)
	regex.match(`^[a-z0-9]{1,6}$`, value)
}

_retries contains line.at if {
	some line in _property("/etc/nut/ups.conf")
	line.key in {"maxretry", "retrydelay"}
}

_driver_at := sort({line.at | some line in _property("/etc/nut/ups.conf"); not line.at in _retries; not line.key in _own_words})

# Places and users of Debian, and the delay that has an option.
_own_words := {"chroot", "driverpath", "group", "maxstartdelay", "statepath", "user"}

settings contains {"at": _driver_at, "option": ["power", "ups", "ups", ups, name], "value": value} if {
	_ready
	_serves
	not _carried_drivers
	some ups, device in _devices
	some name, value in object.union(device, _description(ups))
}

_description(ups) := {"description": _of[ups].desc} if _of[ups].desc

_description(ups) := {} if not _of[ups].desc

settings contains {"at": [line.at], "option": ["power", "ups", "maxStartDelay"], "value": to_number(value)} if {
	_ready
	_serves
	some line in _property("/etc/nut/ups.conf")
	line.key == "maxstartdelay"
	value := _value(line.property)
	regex.match(`^[0-9]{1,4}$`, value)
}

settings contains {"at": sort(_retries), "option": ["systemd", "services", "upsdrv", "serviceConfig"], "value": {"Restart": "on-failure", "RestartSec": 5}} if {
	_ready
	_serves
	count(_retries) > 0
}

settings contains {"at": _driver_at, "option": ["environment", "etc", "nut/ups.conf", "source"], "value": {"_mkForce": "/var/lib/pve2nix/etc/nut/ups.conf"}} if {
	_ready
	_serves
	_carried_drivers
}

carries contains {"at": _driver_at, "path": "/etc/nut/ups.conf", "to": "/var/lib/pve2nix/etc/nut/ups.conf", "mode": "0600", "secret": true} if {
	_ready
	_serves
	_carried_drivers
}

# Server

_listens := [{"at": line.at, "address": words[0], "port": port} |
	some line in _property("/etc/nut/upsd.conf")
	line.key == "LISTEN"
	words := regex.split(`\s+`, _value(line.property))
	regex.match(`^([A-Za-z0-9.:_-]+|\*)$`, words[0])
	port := _port(words)
]

_port(words) := 3493 if count(words) == 1

_port(words) := to_number(words[1]) if {
	count(words) == 2
	regex.match(`^[1-9][0-9]{0,4}$`, words[1])
	to_number(words[1]) < 65536
}

settings contains {"at": sort([l.at | some l in _listens]), "option": ["power", "ups", "upsd", "listen"], "value": [{"address": l.address, "port": l.port} | some l in _listens]} if {
	_ready
	_serves
	count(_listens) > 0
}

# upsd ends where an address of its own is not there yet.
settings contains {"at": sort([l.at | some l in _listens]), "option": ["systemd", "services", "upsd", name], "value": ["network-online.target"]} if {
	_ready
	_serves
	some l in _listens
	not l.address in {"*", "0.0.0.0", "::", "::1", "127.0.0.1", "localhost"}
	some name in ["after", "wants"]
}

_server_lines := [line |
	some line in _property("/etc/nut/upsd.conf")
	line.key in {"ALLOW_NOT_ALL_LISTENERS", "ALLOW_NO_DEVICE", "DEBUG_MIN", "DISABLE_WEAK_SSL", "MAXAGE", "MAXCONN", "TRACKINGDELAY"}
	regex.match(`^[A-Za-z0-9]{1,8}$`, _value(line.property))
]

settings contains {"at": sort([line.at | some line in _server_lines]), "option": ["power", "ups", "upsd", "extraConfig"], "value": concat("", [sprintf("%s %s\n", [line.key, _value(line.property)]) | some line in _server_lines])} if {
	_ready
	_serves
	count(_server_lines) > 0
}

# Users

_user_lines := [{"at": line.at, "user": m[1], "key": m[2], "value": _value(line.property)} |
	_serves
	some line in _property("/etc/nut/upsd.users")
	some m in regex.find_all_string_submatch_n(`^(.+)\.([a-z]+)(?: .*)?$`, line.key, 1)
]

_user_names := {line.user | some line in _user_lines}

_users contains name if {
	some name in _user_names
	regex.match(`^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$`, name)
	some line in _user_lines
	line.user == name
	line.key == "password"
}

_role := {"master": "primary", "primary": "primary", "secondary": "secondary", "slave": "secondary"}

_roles[name] := _role[word] if {
	some line in _property("/etc/nut/upsd.users")
	some [_, name, word] in regex.find_all_string_submatch_n(`^(.+)\.upsmon (.+)$`, trim_space(sprintf("%s %s", [line.key, _value(line.property)])), 1)
}

_granted(name, key) := [word |
	some line in _user_lines
	line.user == name
	line.key == key
	some word in regex.find_n(`[A-Za-z0-9_.]+`, line.value, -1)
]

settings contains {"at": sort([line.at | some line in _user_lines; line.user == name]), "option": ["power", "ups", "users", name, option], "value": value} if {
	_ready
	some name in _users
	some option, value in object.union_n([
		{"passwordFile": sprintf("/run/nut-passwords/user-%s", [name])},
		{key: words | some key in ["actions", "instcmds"]; words := _granted(name, key); count(words) > 0},
		{"upsmon": role | role := _roles[name]},
	])
}

carries contains {"at": sort([line.at | some line in _user_lines; line.key == "password"]), "path": "/etc/nut/upsd.users", "to": "/var/lib/pve2nix/etc/nut/upsd.users", "mode": "0600", "secret": true} if {
	_ready
	count(_users) > 0
}

# Monitor

settings contains {"at": sort(_used | {at | some l in configfiles.lines("/etc/nut/nut.conf", "MODE"); at := l.at}), "option": ["power", "ups", name], "value": value} if {
	_ready
	some name, value in {"enable": true, "mode": _mode}
}

settings contains {"at": [m.at], "option": ["power", "ups", "upsmon", "monitor", m.name, name], "value": value} if {
	_ready
	some m in _monitors
	some name, value in {"system": m.system, "powerValue": m.supplies, "user": m.user, "type": m.role, "passwordFile": sprintf("/run/nut-passwords/monitor-%s", [m.name])}
}

carries contains {"at": sort([m.at | some m in _monitors]), "path": "/etc/nut/upsmon.conf", "to": "/var/lib/pve2nix/etc/nut/upsmon.conf", "mode": "0600", "secret": true} if _ready

_numbers := {
	"DEADTIME", "FINALDELAY", "HOSTSYNC", "MINSUPPLIES", "NOCOMMWARNTIME", "OBLBDURATION", "OFFDURATION",
	"OVERDURATION", "POLLFREQ", "POLLFREQALERT", "RBWARNTIME",
}

settings contains {"at": [line.at], "option": ["power", "ups", "upsmon", "settings", line.key], "value": to_number(value)} if {
	_ready
	some line in _property("/etc/nut/upsmon.conf")
	line.key in _numbers
	value := _value(line.property)
	regex.match(`^-?[0-9]{1,6}$`, value)
}

_notices[key] := found if {
	some key in ["NOTIFYFLAG", "NOTIFYMSG"]
	found := [{"at": line.at, "words": [m[1], m[2]]} |
		some line in _property("/etc/nut/upsmon.conf")
		line.key == key
		some m in regex.find_all_string_submatch_n(`^([A-Z_]+)\s+"?([A-Za-z0-9_+%.,:;!?()' -]+)"?$`, _value(line.property), 1)
	]
	count(found) > 0
}

settings contains {"at": sort([n.at | some n in found]), "option": ["power", "ups", "upsmon", "settings", key], "value": [n.words | some n in found]} if {
	_ready
	some key, found in _notices
}

# What the monitor calls: NixOS has the same by default. Own commands are a matter of a finding.
settings contains {"at": [line.at], "option": ["power", "ups", "enable"], "value": true} if {
	_ready
	some line in _property("/etc/nut/upsmon.conf")
	line.key in {"NOTIFYCMD", "SHUTDOWNCMD"}
	regex.match(`^"?(/usr)?/s?bin/(upssched|shutdown( [a-zA-Z0-9 +-]*)?)"?$`, _value(line.property))
}

# Timers on events

_schedule := [line |
	some line in _property("/etc/nut/upssched.conf")
	regex.match(_events[line.key], _value(line.property))
]

_events := {
	"AT": `^[A-Z_]+ [A-Za-z0-9_.@*:-]+ [A-Z-]+( [A-Za-z0-9_.-]+){0,3}$`,
	"CMDSCRIPT": `^/[A-Za-z0-9_./-]+$`,
	"LOCKFN": `^/[A-Za-z0-9_./-]+$`,
	"PIPEFN": `^/[A-Za-z0-9_./-]+$`,
}

_scheduled if {
	some line in _schedule
	line.key == "AT"
	count(_schedule) == count(_property("/etc/nut/upssched.conf"))
}

settings contains {"at": sort([line.at | some line in _schedule]), "option": option, "value": value} if {
	_ready
	_scheduled
	some [option, value] in [
		[["environment", "etc", "upssched.conf", "text"], concat("", [sprintf("%s %s\n", [line.key, _value(line.property)]) | some line in _schedule])],
		[["power", "ups", "schedulerRules"], "/etc/upssched.conf"],
	]
}

# Passwords

_script := concat("", array.concat(
	[sprintf("sed -nE -e 's/^%[1]s\"(([^\"\\\\]|\\\\.)*)\"%[2]s/\\1/p' -e 's/^%[1]s([^\"#[:blank:]]+)%[2]s/\\1/p' /var/lib/pve2nix/etc/nut/upsmon.conf > \"$RUNTIME_DIRECTORY/monitor-%[3]s\"\n", [
		sprintf("[[:blank:]]*MONITOR[[:blank:]]+%s[[:blank:]]+[0-9]+[[:blank:]]+%s[[:blank:]]+", [_literal(m.system), _literal(m.user)]),
		sprintf("[[:blank:]]+%s([[:blank:]].*)?$", [m.role]),
		m.name,
	]) |
		some m in _monitors
	],
	[sprintf("sed -nE -e '/^[[:blank:]]*\\[%[1]s\\]/,/^[[:blank:]]*\\[/{' -e 's/^%[2]s\"(([^\"\\\\]|\\\\.)*)\".*/\\1/p' -e 's/^%[2]s([^\"#[:blank:]]+).*/\\1/p' -e '}' /var/lib/pve2nix/etc/nut/upsd.users > \"$RUNTIME_DIRECTORY/user-%[3]s\"\n", [
		_literal(name),
		"[[:blank:]]*password[[:blank:]]*=[[:blank:]]*",
		name,
	]) |
		some name in sort(_users)
	],
))

_literal(text) := regex.replace(text, `[.\[\]]`, `\$0`)

_daemons := ["upsd.service" | count(_users) > 0]

settings contains {"at": sort([m.at | some m in _monitors]), "option": ["systemd", "services", "nut-passwords", name], "value": value} if {
	_ready
	some name, value in {
		"description": "Passwords of Network UPS Tools",
		"before": array.concat(_daemons, ["upsmon.service"]),
		"requiredBy": array.concat(_daemons, ["upsmon.service"]),
		"script": _script,
		"serviceConfig": {"Type": "oneshot", "RemainAfterExit": true, "RuntimeDirectory": "nut-passwords", "RuntimeDirectoryMode": "0700", "UMask": "0077"},
	}
}
