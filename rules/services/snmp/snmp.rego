# METADATA
# scope: package
# title: The SNMP agent
# description: |
#  snmpd reads its own file, which holds communities and is carried. NixOS names the
#  addresses on the command line and snmpd ends where an address is named twice, so the lines of
#  the file that name them, and the users of Debian, are taken out before each start.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.snmpd
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/monitoring/snmpd.nix
#   - https://net-snmp.sourceforge.io/docs/man/snmpd.conf.html
package rules.services.snmp

import data.lib.facts
import data.lib.lines

_unit := facts.units["snmpd.service"].at if "snmpd.service" in facts.in_use

_main := "/etc/snmp/snmpd.conf"

# What is included is read by the same path as before.
_files := {path | some path, _ in lines.files; regex.match(`^/etc/snmp/snmpd\.conf(\.d/[A-Za-z0-9_.+-]+\.conf)?$`, path)}

_entries := [{"path": path, "at": lines.at(path, i), "key": lower(p.key), "value": object.get(p, "value", "")} |
	some path in sort(_files)
	some i, p in lines.files[path].properties
]

_ready if {
	_unit
	lines.files[_main]
	count(_specs) == count(_addresses)
	every entry in _entries {
		_foreseen(entry)
	}
}

_foreseen(entry) if not startswith(entry.key, "include")

_foreseen(entry) if {
	entry.key == "includedir"
	regex.match(`^/etc/snmp/snmpd\.conf\.d/?$`, entry.value)
}

# Addresses: [protocol:]address[:port] or [protocol:]port, several with commas.
_specs := [trim_space(spec) |
	some entry in _entries
	entry.key == "agentaddress"
	some spec in split(entry.value, ",")
]

_addresses := [address |
	some spec in _specs
	some m in regex.find_all_string_submatch_n(`^(?:(udp|tcp|udp6|tcp6|udpv6|tcpv6):)?(?:([0-9]{1,5})|([A-Za-z0-9-]*[A-Za-z.-][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?)$`, lower(spec), 1)
	port := _port(concat("", [m[2], m[4]]))
	host := _host(m[1], m[3])
	address := {"host": concat(":", [_protocol(m[1], host), host]), "port": port}
]

_port("") := 161

_port(text) := to_number(text) if {
	regex.match(`^[1-9][0-9]*$`, text)
	to_number(text) < 65536
}

_host(protocol, "") := "[::]" if endswith(protocol, "6")

_host(protocol, "") := "0.0.0.0" if not endswith(protocol, "6")

_host(_, text) := text if text != ""

_protocol("", host) := "udp" if not startswith(host, "[")

_protocol("", host) := "udp6" if startswith(host, "[")

_protocol(protocol, _) := protocol if protocol != ""

_last := _addresses[count(_addresses) - 1]

# NixOS puts the port behind the last one.
_listen := concat(",", array.concat(
	[sprintf("%s:%d", [a.host, a.port]) | some a in array.slice(_addresses, 0, count(_addresses) - 1)],
	[_last.host],
))

_address_at := sort([entry.at | some entry in _entries; entry.key == "agentaddress"])

settings contains {"at": _address_at, "option": ["services", "snmpd", name], "value": value} if {
	_ready
	some name, value in {"listenAddress": _listen, "port": _last.port}
}

settings contains {"at": [_unit], "option": option, "value": value} if {
	_ready
	some [option, value] in [
		[["services", "snmpd", "enable"], true],
		[["services", "snmpd", "configFile"], "/run/snmpd/snmpd.conf"],
		[["systemd", "services", "snmpd", "preStart"], "umask 077\nsed -E '/^[[:blank:]]*agent(address|user|group)([[:blank:]]|$)/Id' /var/lib/pve2nix/etc/snmp/snmpd.conf > /run/snmpd/snmpd.conf\n"],
		[["systemd", "services", "snmpd", "serviceConfig"], {"RuntimeDirectory": "snmpd", "RuntimeDirectoryMode": "0700"}],
	]
}

# An address of this host has to be there.
settings contains {"at": _address_at, "option": ["systemd", "services", "snmpd", name], "value": ["network-online.target"]} if {
	_ready
	some a in _addresses
	not regex.match(`:(0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\])$`, a.host)
	some name in ["after", "wants"]
}

carries contains {"at": _own(_main), "path": _main, "to": "/var/lib/pve2nix/etc/snmp/snmpd.conf", "mode": "0600", "secret": true} if _ready

carries contains {"at": _own(path), "path": path, "to": path, "mode": "0600", "secret": true} if {
	_ready
	some path in _files
	path != _main
}

_own(path) := sort([entry.at | some entry in _entries; entry.path == path])

# Users of SNMPv3, with the id of the engine that their keys are made for.
_persons := sort([entry.at | some entry in _entries; entry.key in {"createuser", "rouser", "rwuser"}])

carries contains {"at": _persons, "path": "/var/lib/snmp/snmpd.conf", "to": "/var/lib/net-snmp/snmpd.conf", "mode": "0600", "secret": true} if {
	_ready
	count(_persons) > 0
}
