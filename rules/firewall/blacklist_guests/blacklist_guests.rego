# METADATA
# scope: package
# title: The blacklist protects the host only
# description: |
#  The set blacklist has {count} addresses. PVE drops them before any rule of the
#  host and before any rule of a guest. The table of NixOS does so for the host;
#  {guests} are open to all of them.
# custom:
#  id: PVE-FW-013
#  kind: gap
#  category: feature
#  severity: major
#  component: firewall of guests
#  equivalent: networking.nftables.tables of family bridge
#  account: none
#  workaround: |
#   Add a table of family bridge with a chain of type filter hook forward and `ip
#   saddr { … } drop`, with the same addresses; feed both from one list
#   (networking.nftables.tables with a set that a timer fills by nft add element).
#  test:
#   before: |
#    `iptables -S PVEFW-FWBR-IN` on PVE prints the match of PVEFW-0-blacklist-v4.
#   after: |
#    `nft list table bridge NAME` in the trial boot prints the addresses, and `ping
#    -c1 GUEST` from one of them 0 received.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://git.proxmox.com/?p=pve-firewall.git;a=blob;f=src/PVE/Firewall.pm
package rules.firewall.blacklist_guests

import data.lib.firewall
import data.lib.guestfilters

_set[sprintf("/network/firewall/%d/ipsets/%d", [i, j])] := count(s.entries) if {
	firewall.guests_on
	some i, f in input.network.firewall
	f.scope == "cluster"
	some j, s in f.ipsets
	s.name == "blacklist"
}

findings contains {"at": sort(object.keys(_set)), "vars": {"count": sum([n | some n in _set]), "guests": concat(", ", sort(guestfilters.lost))}} if {
	sum([n | some n in _set]) > 0
	count(guestfilters.lost) > 0
}
