# METADATA
# scope: package
# title: An address of {port} that PVE ignores is left out
# description: |
#  {port} is a port of {master} and has {addresses} in its stanza. ifupdown2 does not
#  assign addresses to enslaved interfaces and says so in its log only, and
#  systemd-networkd refuses them for members of bonds. The address is not set, so that
#  the host is reached as before. Where ifupdown made the interfaces the host may have
#  answered at it until now.
# custom:
#  id: PVE-NET-034
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: addresses
#  account: review
#  workaround: |
#   Delete the address lines of the port on PVE and capture again. If the address is
#   wanted, give it to the bridge or bond.
#  test:
#   before: |
#    `ip -br addr show PORT` on PVE prints no address, `ifup -v PORT` prints that
#    assigning an address is not allowed on enslaved interfaces.
#   after: |
#    `ip -br addr show PORT` prints no address in the trial boot either.
#  phase: boot
#  sources:
#   - https://github.com/CumulusNetworks/ifupdown2/blob/master/ifupdown2/ifupdown/utils.py
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
package rules.network.port_with_address

import data.lib.network

findings contains {"at": at, "vars": {"port": port, "master": owner, "addresses": concat(", ", network.addresses[port])}} if {
	some port, owner in network.master
	network.enslaved(port)
	count(network.addresses[port]) > 0
	at := network.at(port, {"address", "netmask"})
}
