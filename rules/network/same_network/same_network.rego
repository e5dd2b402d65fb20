# METADATA
# scope: package
# title: Several interfaces have addresses in one network
# description: |
#  {interfaces} all have an address in {network}. The kernel answers ARP for either
#  address on any of them and sends by the route that came first. ifupdown2 brings
#  interfaces up one after the other in the order of the file; systemd-networkd does
#  it in parallel, so that another one can be first after each boot: storage or
#  backups run over the slow card, and with strict reverse path filtering replies are
#  dropped.
# custom:
#  id: PVE-NET-035
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: addresses
#  account: none
#  workaround: |
#   Give each interface a network of its own. Where that cannot be (two portals of
#   iSCSI in one network), give each route of that network its own Metric with
#   systemd.network.networks.<name>.networkConfig and addresses.*.RouteMetric, and set
#   net.ipv4.conf.all.arp_ignore = 1 and arp_announce = 2.
#  test:
#   before: |
#    `ip route get ADDRESS` for a host of that network on PVE prints the card that is
#    used.
#   after: |
#    `ip route get ADDRESS` prints the same card in three trial boots in a row.
#  phase: run
#  sources:
#   - https://docs.kernel.org/networking/ip-sysctl.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
package rules.network.same_network

import data.lib.network

_members[[net, length]] contains name if {
	some name in network.up
	some address in network.addresses[name]
	[net, length] := network.network4(address)
	length < 31
	length > 0
	not network.values[name].vrf
}

findings contains {"at": sort([network.interfaces[name].at | some name in names]), "vars": {"interfaces": concat(", ", sort(names)), "network": concat("", [network.text4(net), "/", format_int(length, 10)])}} if {
	some [net, length], names in _members
	count(names) > 1
}
