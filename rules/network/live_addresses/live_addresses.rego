# METADATA
# scope: package
# title: An address that no line of the configuration gives
# description: |
#  {interface} has the address {address} now, and /etc/network/interfaces does not
#  say so. Set by hand it is gone after the next boot of PVE too; set by
#  a cluster manager or a script it is gone until that runs on NixOS.
# custom:
#  id: PVE-NET-029
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: addresses
#  equivalent: systemd.network.networks.<name>.address
#  account: none
#  workaround: |
#   Add the address to the interface on PVE and capture again if it belongs to the
#   host; set up the service that moves it (services.keepalived) if it does not.
#  test:
#   before: |
#    `ifquery --check INTERFACE` on PVE prints the address as a difference.
#   after: |
#    `ping -c1 ADDRESS` from another machine prints 1 received after the trial
#    boot.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.keepalived
package rules.network.live_addresses

import data.lib.network
import data.rules.network.virtual_addresses

# Those of alias stanzas (eno1:0) stand at another name, those of keepalived have a finding of their own.
_known contains network.host(a.cidr) if {
	some n in input.network.interfaces
	some a in n.addresses
}

_known contains network.host(address) if {
	some f in virtual_addresses.findings
	some address in split(f.vars.addresses, ", ")
}

findings contains {"at": [n.at], "vars": {"interface": name, "address": a.cidr}} if {
	some name, n in network.interfaces
	not name in network.dhcp
	n.kind != "loopback"
	some a in network.links[name].addresses
	a.family == "inet"
	not network.loopback(a.cidr)
	not network.host(a.cidr) in _known
}
