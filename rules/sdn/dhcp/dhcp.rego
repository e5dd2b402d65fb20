# METADATA
# scope: package
# title: The SDN's DHCP server does not run
# description: |
#  The zones {zones} hand out addresses with dnsmasq. PVE starts a dnsmasq for each
#  zone from files that it writes. The bridge network carries these files, reservations
#  included, and starts the same server for each zone whose files say nothing else than
#  PVE writes; else guests get no address. A guest that is made later has no reservation
#  and gets none.
# custom:
#  id: PVE-SDN-005
#  kind: gap
#  category: feature
#  severity: major
#  component: DHCP of SDN zones
#  equivalent: services.dnsmasq
#  account: lost
#  workaround: |
#   Set services.dnsmasq.settings with interface, dhcp-range and dhcp-host lines; the
#   reservations are in /etc/pve/sdn/pve-ipam-state.json. Or give the guests static
#   addresses.
#  test:
#   before: |
#    `systemctl is-active dnsmasq@ZONE` on PVE prints active.
#   after: |
#    `ip -4 addr` inside a guest on the virtual network prints the same address in
#    the trial boot.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
#   - https://search.nixos.org/options?query=services.dnsmasq.settings
package rules.sdn.dhcp

import data.lib.configfiles
import data.lib.facts
import data.lib.sdn

_served[name] := z if {
	some name, z in sdn.zones
	z.here
	z.properties.dhcp.property.value == "dnsmasq"
}

_ranges contains p.at if {
	some s in sdn.subnets
	_served[sdn.vnets[s.vnet].zone]
	some key, p in s.properties
	startswith(key, "dhcp-")
}

findings contains {"at": at, "vars": {"zones": concat(", ", sort(object.keys(_served)))}} if {
	count(_served) > 0
	at := sort({z.properties.dhcp.at | some z in _served} | _ranges)
}

_written := {
	"bind-dynamic", "dhcp-authoritative", "dhcp-hostsfile", "dhcp-ignore", "dhcp-leasefile", "dhcp-option", "dhcp-range", "dhcp-sequential-ip",
	"domain", "enable-ra", "except-interface", "interface", "log-dhcp", "no-hosts", "no-resolv", "port", "quiet-ra", "ra-param",
}

_zone_files[name] := found if {
	some name, _ in _served
	facts.interface_name(name)
	pattern := sprintf(`^/etc/dnsmasq\.d/%s/[A-Za-z0-9_.-]+\.conf$`, [regex.replace(name, `[.]`, `\.`)])
	found := {path | some path, _ in configfiles.files; regex.match(pattern, path)}
	count(found) > 0
}

_reservations(name) := sprintf("/etc/dnsmasq.d/%s/ethers", [name])

_here contains f.path if some f in input.local_files

# All zones, or none: the finding speaks of them together.
_ready if {
	count(_served) > 0
	every name, _ in _served {
		_whole(name)
	}
}

_whole(name) if {
	_reservations(name) in _here
	every path in _zone_files[name] {
		_plain(configfiles.files[path].lines, name)
	}
	count([1 | some path in _zone_files[name]; some l in configfiles.lines(path, "interface")]) > 0
	every path in _zone_files[name] {
		every l in configfiles.lines(path, "interface") {
			l.value in sdn.made
		}
	}
}

_plain(lines, name) if every l in lines {
	l.key in _written
	_own_place(l, name)
}

_own_place(l, name) if {
	l.key == "dhcp-hostsfile"
	l.value == _reservations(name)
}

_own_place(l, name) if {
	l.key == "dhcp-leasefile"
	l.value == sprintf("/var/lib/misc/dnsmasq.%s.leases", [name])
}

_own_place(l, _) if not l.key in {"dhcp-hostsfile", "dhcp-leasefile"}

_at(name) := sort({_served[name].properties.dhcp.at} | {p |
	some s in sdn.subnets
	sdn.vnets[s.vnet].zone == name
	some key, q in s.properties
	startswith(key, "dhcp-")
	p := q.at
})

bridges contains {"at": _at(name), "bridge": "network", "params": {"zone": name, "service": sprintf("dnsmasq@%s", [name]), "closes": ["PVE-SDN-005"]}} if {
	_ready
	some name, _ in _served
}

# The unit is a fact of its own.
bridges contains {"at": [facts.units[unit].at], "bridge": "network", "params": {"service": sprintf("dnsmasq@%s", [name])}} if {
	_ready
	some name, _ in _served
	unit := sprintf("dnsmasq@%s.service", [name])
	facts.units[unit]
}

carries contains {"at": _at(name), "path": path, "to": path, "mode": "0644", "secret": true} if {
	_ready
	some name, files in _zone_files
	some path in (files | {_reservations(name)})
}

settings contains {"at": _at(name), "option": array.concat(["systemd", "services", sprintf("dnsmasq@%s", [name])], option), "value": value} if {
	_ready
	some name, _ in _served
	some [option, value] in [
		[["description"], sprintf("Addresses for the zone %s", [name])],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-online.target"]],
		[["after"], ["network-online.target"]],
		[["before"], ["incus.service", "libvirtd.service", "pve-guests.service"]],
		[["serviceConfig", "ExecStart"], {"_concat": [{"_ref": ["pkgs", "dnsmasq"]}, sprintf("/bin/dnsmasq --keep-in-foreground --log-facility=- --user=nobody --group=nogroup --conf-file=/dev/null --conf-dir=/etc/dnsmasq.d/%s,*.conf", [name])]}],
		[["serviceConfig", "ExecReload"], {"_concat": [{"_ref": ["pkgs", "coreutils"]}, "/bin/kill -HUP $MAINPID"]}],
		[["serviceConfig", "StateDirectory"], "misc"],
		[["serviceConfig", "Restart"], "on-failure"],
	]
}

checks contains {"at": _at(name), "check": "unit-active", "params": {"unit": sprintf("dnsmasq@%s.service", [name])}, "required": false} if {
	_ready
	some name, _ in _served
}
