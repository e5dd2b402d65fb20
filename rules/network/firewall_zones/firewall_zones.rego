# METADATA
# scope: package
# title: Lines for the bridges of guests' firewalls
# description: |
#  {interface} puts packets of fwbr bridges into a zone of their own in the table of
#  connections. PVE's manual asks for it where guests with a firewall are hidden
#  behind the host's address. There are no fwbr bridges on NixOS, because no
#  firewall of guests runs there, and the {count} lines are left out.
# custom:
#  id: PVE-NET-030
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: iptables in /etc/network/interfaces
#  account: review
#  workaround: |
#   Nothing is needed as long as guests have no firewall on this host. If you filter
#   guests yourself with a table of family bridge, filter before connections are
#   tracked, or use zones there.
#  test:
#   before: |
#    `iptables -t raw -S PREROUTING` on PVE prints the line.
#   after: |
#    `ping -c1 HOST` inside a guest with a hidden address prints 1 received in the
#    trial boot.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.firewall_zones

import data.lib.hooks

findings contains {"at": sort(at), "vars": {"interface": name, "count": count(at)}} if {
	some name, topics in hooks.remaining
	at := topics.zones
}
