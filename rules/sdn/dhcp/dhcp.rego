# METADATA
# scope: package
# title: The SDN's DHCP server does not run
# description: |
#  The zones {zones} hand out addresses with dnsmasq. PVE starts a dnsmasq for each
#  zone from files that it writes; NixOS has neither. Guests get no address, and
#  the leases that PVE's address manager keeps are in the database only.
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
