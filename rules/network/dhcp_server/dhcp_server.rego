# METADATA
# scope: package
# title: Other machines get their addresses from this host
# description: |
#  {units} hands out addresses. The bridge network starts dnsmasq with its carried files
#  and leases where they name no others, and other servers run in the companion where
#  there is one; for files that lead further nothing does until you set it up: machines keep their address until the lease ends and
#  then lose the network, PXE clients and new guests at once. Leases live in files of
#  Debian's own places; a server that starts without them hands out addresses that
#  are in use.
# custom:
#  id: PVE-NET-048
#  kind: gap
#  category: service
#  severity: major
#  component: DHCP server
#  equivalent: services.dnsmasq or services.kea
#  account: none
#  workaround: |
#   Before the trial boot let another machine serve the network, or lengthen the
#   leases so that they outlast it. Set services.dnsmasq.settings (dhcp-range,
#   dhcp-host) or services.kea.dhcp4 (ISC's dhcpd is gone from NixOS), and copy the
#   leases: /var/lib/misc/dnsmasq.leases to /var/lib/dnsmasq/dnsmasq.leases. Static
#   reservations need no leases.
#  test:
#   before: |
#    `ss -lunp sport = :67` on PVE prints the program.
#   after: |
#    `ss -lunp sport = :67` in the trial boot prints the new one, and `nmap --script
#    broadcast-dhcp-discover` from the network one offer.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.dnsmasq.settings
#   - https://search.nixos.org/options?query=services.kea.dhcp4
#   - https://kea.readthedocs.io/en/latest/arm/lease-expiration.html
package rules.network.dhcp_server

import data.lib.companion
import data.lib.configfiles
import data.lib.facts

_servers := {"isc-dhcp-server.service", "kea-dhcp4-server.service", "kea-dhcp6-server.service", "udhcpd.service"}

_found[unit] contains facts.units[unit].at if {
	some unit in _servers
	unit in facts.in_use
	facts.units[unit]
	not _in_companion(unit)
}

# There it has its configuration and leases of before.
_in_companion(unit) if {
	companion.exists
	companion.units[unit]
}

# dnsmasq serves addresses only where it has a range; the instances of the SDN have their own finding.
_found["dnsmasq.service"] contains at if {
	"dnsmasq.service" in facts.in_use
	count(_ranges) > 0
	some at in (_ranges | {facts.units["dnsmasq.service"].at})
}

_ranges := {sprintf("/config_files/%d/properties/%d", [i, j]) |
	some i, f in input.config_files
	regex.match(`^/etc/dnsmasq(\.conf|\.d/[^/]+)$`, f.path)
	some j, p in f.properties
	p.key == "dhcp-range"
}

findings contains {"at": sort(union({at | some at in _found})), "vars": {"units": concat(", ", sort(object.keys(_found)))}} if {
	count(_found) > 0
}

_files := {path | some path, _ in configfiles.files; regex.match(`^/etc/dnsmasq(\.conf|\.d/[A-Za-z0-9_.+-]+)$`, path)}

_lines := [{"at": sprintf("%s/properties/%d", [configfiles.files[path].at, j]), "key": p.key, "value": object.get(p, "value", "")} |
	some path in sort(_files)
	some j, p in configfiles.files[path].lines
]

# Only dnsmasq, and only where its files say all that it needs; it is started for names alone too.
_ready if {
	"dnsmasq.service" in facts.in_use
	facts.units["dnsmasq.service"]
	"/etc/dnsmasq.conf" in _files
	count(_lines) > 0
	every l in _lines {
		_self_contained(l)
	}
}

_elsewhere := {
	"addn-hosts", "conf-script", "dhcp-hostsdir", "dhcp-hostsfile", "dhcp-leasefile", "dhcp-luascript", "dhcp-optsdir", "dhcp-optsfile",
	"dhcp-script", "dnssec", "conf-file", "enable-dbus", "enable-tftp", "group", "hostsdir", "ipset", "log-facility", "nftset",
	"pid-file", "resolv-file", "servers-file", "tftp-root", "user",
}

_self_contained(l) if {
	not l.key in _elsewhere
	l.key != "conf-dir"
}

_self_contained(l) if {
	l.key == "conf-dir"
	regex.match(`^/etc/dnsmasq\.d/?(,|$)`, l.value)
}

_kept := sort((({l.at | some l in _lines} | {facts.units["dnsmasq.service"].at}) | {configfiles.files[path].at | some path in _files}))

_below := "/var/lib/pve2nix"

bridges contains {"at": _kept, "bridge": "network", "params": {"service": "dnsmasq", "closes": ["PVE-NET-048"]}} if {
	_ready
	object.keys(_found) == {"dnsmasq.service"}
}

bridges contains {"at": [facts.units["dnsmasq.service"].at], "bridge": "network", "params": {"service": "dnsmasq"}} if _ready

carries contains {"at": _kept, "path": path, "to": concat("", [_below, path]), "mode": "0644", "secret": true} if {
	_ready
	some path in _files
}

carries contains {"at": [facts.units["dnsmasq.service"].at], "path": "/var/lib/misc/dnsmasq.leases", "to": "/var/lib/misc/dnsmasq.leases", "mode": "0644", "secret": true} if _ready

# A conf-dir of the file itself would be read at its old place.
_arguments := concat(" ", array.concat(
	[
		"/bin/dnsmasq --keep-in-foreground --log-facility=- --user=nobody --group=nogroup",
		"--dhcp-leasefile=/var/lib/misc/dnsmasq.leases",
		"--conf-file=/var/lib/pve2nix/etc/dnsmasq.conf",
	],
	["--conf-dir=/var/lib/pve2nix/etc/dnsmasq.d" | count(_files) > 1],
))

settings contains {"at": _kept, "option": array.concat(["systemd", "services", "dnsmasq"], option), "value": value} if {
	_ready
	some [option, value] in [
		[["description"], "Addresses and names for other machines"],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-online.target"]],
		[["after"], ["network-online.target"]],
		[["before"], ["incus.service", "libvirtd.service", "pve-guests.service"]],
		[["serviceConfig", "ExecStart"], {"_concat": [{"_ref": ["pkgs", "dnsmasq"]}, _arguments]}],
		[["serviceConfig", "ExecReload"], {"_concat": [{"_ref": ["pkgs", "coreutils"]}, "/bin/kill -HUP $MAINPID"]}],
		[["serviceConfig", "StateDirectory"], "misc"],
		[["serviceConfig", "Restart"], "on-failure"],
	]
}

checks contains {"at": _kept, "check": "unit-active", "params": {"unit": "dnsmasq.service"}, "required": false} if _ready
