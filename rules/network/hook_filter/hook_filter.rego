# METADATA
# scope: package
# title: Packet filter or address translation made by an interface
# description: |
#  {interface} changes packet filters when it comes up ({count} commands): {command}. The line has no
#  plain translation. The bridge network loads the same lines with iptables when the
#  interface is there, provided that all lines of this host can be; else the filter, the
#  port forward or the translation of addresses is missing: guests lose their way out,
#  or ports that were closed are open.
# custom:
#  id: PVE-NET-008
#  kind: gap
#  category: configuration
#  severity: major
#  component: iptables in /etc/network/interfaces
#  equivalent: networking.nftables.tables
#  account: review
#  workaround: |
#   Say the same in networking.nftables.tables."NAME" (family inet, or bridge),
#   with networking.nftables.enable; `iptables-translate` prints the rule in
#   nftables' words. Rules for fwbr devices have no object any more and can go.
#  test:
#   before: |
#    `iptables-save` on PVE holds the rule.
#   after: |
#    `nft list ruleset` in the trial boot holds it, and a guest behind it
#    reaches what it reached before.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://search.nixos.org/options?query=networking.nftables.tables
package rules.network.hook_filter

import data.lib.hooks

findings contains {
	"at": sort(at),
	"vars": {"interface": name, "command": hooks.shown(at), "count": count(at)},
} if {
	some name, topics in hooks.remaining
	at := topics.filter
}
