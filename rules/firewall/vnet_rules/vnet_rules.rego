# METADATA
# scope: package
# title: Firewalls of virtual networks filter nothing
# description: |
#  The virtual networks {vnets} filter what is forwarded on them by PVE's nftables
#  daemon, which is not on NixOS, and a table of nftables cannot say their rules as a
#  whole: a name that leads nowhere, a rule with other words, or a direction that is not
#  FORWARD. Everything is forwarded between their guests.
# custom:
#  id: PVE-FW-008
#  kind: gap
#  category: feature
#  severity: major
#  component: firewall of virtual networks
#  equivalent: networking.nftables.tables of family bridge
#  account: lost
#  workaround: |
#   Write networking.nftables.tables of family bridge with a chain of hook forward
#   that matches `meta ibrname "VNET"` and holds the same rules; conntrack works
#   there with `ct state`.
#  test:
#   before: |
#    `nft list table bridge proxmox-firewall-guests` on PVE prints a chain for the
#    network.
#   after: |
#    `nft list tables bridge` in the trial boot prints your table, and `ping -c1
#    GUEST` from the other guest prints 100% packet loss where a rule forbids it.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.vnet_rules

import data.lib.firewall
import data.rules.firewall.vnet_tables

findings contains {"at": sort(union(nodes)), "vars": {"vnets": concat(", ", sort(vnet_tables.lost))}} if {
	count(vnet_tables.lost) > 0
	nodes := {firewall.file_nodes(f, sprintf("/network/firewall/%d", [i])) |
		some i, f in input.network.firewall
		f.scope == "vnet"
		f.name in vnet_tables.lost
	}
}
