# METADATA
# scope: package
# title: The host takes its address by DHCP
# description: |
#  {interfaces} gets an address by DHCP. systemd-networkd is another client than
#  Debian's: it sends a client id made of the hardware address, where dhclient
#  sends none. A server that keeps leases by client id hands out another address;
#  certificates, /etc/hosts and the other nodes of a cluster know the old one.
# custom:
#  id: PVE-NET-012
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: DHCP client
#  equivalent: systemd.network.networks.<name>.dhcpV4Config
#  account: none
#  workaround: |
#   Reserve the address on the DHCP server by hardware address before the trial
#   boot, or give the host a static address on PVE and capture again.
#  test:
#   before: |
#    `ip -4 addr show dynamic` on PVE prints the address.
#   after: |
#    `ip -4 addr show dynamic` prints the same address in two trial boots in a
#    row.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#%5BDHCPv4%5D%20Section%20Options
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.dhcp_on_host

import data.lib.network

findings contains {"at": sort([network.interfaces[n].at | some n in names]), "vars": {"interfaces": concat(", ", sort(names))}} if {
	names := network.dhcp & network.up
	count(names) > 0
}
