# METADATA
# scope: package
# title: The host loses its packet filter
# description: |
#  PVE's firewall is on and filters what reaches this host, but {count} of its rules
#  cannot be said in nftables ({example}). Neither pve-firewall nor
#  proxmox-firewall runs on the converted host, and half a filter could lock you
#  out, so that none is set up: every port is open as soon as the host boots NixOS.
# custom:
#  id: PVE-FW-001
#  kind: gap
#  category: feature
#  severity: critical
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: review
#  workaround: |
#   Rewrite the rules that are named so that they use addresses, ports, macros and sets of the
#   datacenter without exceptions, and capture again. Or write the filter as
#   networking.nftables.tables and let in what you need from where you work, 22 first. Until
#   then keep the trial boot off networks that you do not trust.
#  test:
#   before: |
#    `pve-firewall compile` on PVE prints the rules; `nft list ruleset` in
#    the trial boot prints none of them.
#   after: |
#    `nmap -Pn HOST` from another network shows the same open ports on PVE
#    and in the trial boot.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.firewall.host_unprotected

import data.lib.firewall

findings contains {
	"at": sort(firewall.nodes.cluster | object.get(firewall.nodes, "node", set())),
	"vars": {"count": count(firewall.untranslated), "example": _example},
} if {
	firewall.on
	not _complete
}

_complete if {
	firewall.complete
	not firewall.blocked_unknown
}

_example := source if {
	some i in firewall.untranslated
	i == min(firewall.untranslated)
	source := object.get(firewall.rules[i].rule, "source", "a group or set that is not defined")
	is_string(source)
} else := "an address set with exceptions, or policy_forward"
