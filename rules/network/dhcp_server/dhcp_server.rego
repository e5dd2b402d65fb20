# METADATA
# scope: package
# title: Other machines get their addresses from this host
# description: |
#  {units} hands out addresses. In the trial boot and after the conversion nothing
#  does until you set it up: machines keep their address until the lease ends and
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

import data.lib.facts

_servers := {"isc-dhcp-server.service", "kea-dhcp4-server.service", "kea-dhcp6-server.service", "udhcpd.service"}

_found[unit] contains facts.units[unit].at if {
	some unit in _servers
	unit in facts.in_use
	facts.units[unit]
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
