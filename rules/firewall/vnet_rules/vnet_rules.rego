# METADATA
# scope: package
# title: Firewalls of virtual networks filter nothing
# description: |
#  The virtual networks {vnets} filter what is forwarded on them. Only PVE's nftables
#  daemon does that, which is not on NixOS: everything is forwarded between
#  their guests.
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
import data.lib.sdn

# The firewall of iptables reads no files of virtual networks.
_active[f.name] contains sprintf("/network/firewall/%d", [i]) if {
	firewall.guests_on
	firewall.options.node.nftables.value == "1"
	some i, f in input.network.firewall
	f.scope == "vnet"
	f.name in sdn.here
	some p in f.options
	p.key == "enable"
	p.value == "1"
}

findings contains {"at": sort(union(nodes)), "vars": {"vnets": concat(", ", sort(object.keys(_active)))}} if {
	count(_active) > 0
	nodes := {firewall.file_nodes(input.network.firewall[i], sprintf("/network/firewall/%d", [i])) |
		some i, f in input.network.firewall
		f.scope == "vnet"
		_active[f.name]
	}
}
