# METADATA
# scope: package
# title: Firewall rules of the host are fixed in the configuration
# description: |
#  The {count} rules of datacenter and node that are in force now become an
#  nftables table of NixOS. Afterwards a rule that is changed in the web interface
#  is stored and changes nothing on this host; the node's own network is written
#  down as it is now ({network}).
# custom:
#  id: PVE-FW-002
#  kind: pitfall
#  category: feature
#  severity: major
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Change networking.nftables.tables."pve-host" in the host's configuration from
#   now on, and tell everybody who changes rules in the web interface. After a
#   change of rules on other nodes convert the files again and compare.
#  test:
#   before: |
#    `pve-firewall compile` on PVE.
#   after: |
#    `nft list table inet pve-host` in the trial boot has a line for each
#    rule; a port that is closed on PVE refuses connections from another
#    machine, and 22 and 8006 answer from where you work.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://search.nixos.org/options?query=networking.nftables.tables
package rules.firewall.host_rules_static

import data.lib.firewall

findings contains {"at": [firewall.options.cluster.enable.at], "vars": {"count": count(firewall.rules), "network": _network}} if {
	firewall.on
	firewall.complete
	not firewall.blocked_unknown
}

_network := firewall.local_network if {
	firewall.local_network
} else := "unknown: management is let in from anywhere"
