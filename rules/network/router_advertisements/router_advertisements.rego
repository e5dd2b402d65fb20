# METADATA
# scope: package
# title: IPv6 addresses come from router advertisements
# description: |
#  {interfaces} has IPv6 addresses that no line of the configuration gives: a
#  router announces the prefix. On PVE the kernel makes the address, on NixOS
#  systemd-networkd does, which also renews routes by itself and ignores
#  net.ipv6.conf.*.accept_ra. With privacy extensions or another way to make
#  the host part, the address differs.
# custom:
#  id: PVE-NET-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: IPv6 autoconfiguration
#  equivalent: systemd.network.networks.<name>.networkConfig.IPv6AcceptRA
#  account: none
#  workaround: |
#   Where the address matters (DNS, firewalls elsewhere, corosync), make it
#   static on PVE and capture again. Else leave IPv6AcceptRA as generated and set
#   ipv6AcceptRAConfig.Token = "eui64" if the host part differs.
#  test:
#   before: |
#    `ip -6 addr show dynamic` on PVE prints the address.
#   after: |
#    `ip -6 addr show dynamic` prints the same address, and `ip -6 route show
#    default` a route, an hour after the trial boot.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#IPv6AcceptRA=
package rules.network.router_advertisements

import data.lib.network

findings contains {"at": sort([network.interfaces[n].at | some n in names]), "vars": {"interfaces": concat(", ", sort(names))}} if {
	names := {name |
		some name, _ in network.interfaces
		network.prefixed(name)
	}
	count(names) > 0
}
