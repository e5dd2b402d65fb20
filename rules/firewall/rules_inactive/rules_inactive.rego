# METADATA
# scope: package
# title: Firewall rules that are not in force
# description: |
#  There are {count} rules in the files of datacenter and node, but the firewall of
#  this host is switched off, so that nothing is filtered now and nothing will be
#  on NixOS. Whoever wrote the rules may believe the host protected.
# custom:
#  id: PVE-FW-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Switch the firewall on on PVE (Datacenter, Firewall, Options) with a console at
#   hand, see that you are not locked out, and capture again; or delete the rules.
#  test:
#   before: |
#    `pve-firewall status` prints Status: disabled/running.
#   after: |
#    `pve-firewall status` prints Status: enabled/running, or `grep -c ACCEPT
#    /etc/pve/firewall/cluster.fw` prints 0.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.rules_inactive

import data.lib.firewall

findings contains {"at": at, "vars": {"count": count(firewall.rules)}} if {
	firewall.read
	not firewall.on
	count(firewall.rules) > 0
	at := sort({entry.at[0] | some entry in firewall.rules})
}
