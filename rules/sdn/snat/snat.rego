# METADATA
# scope: package
# title: Guests of SDN subnets lose their way out
# description: |
#  {count} subnets hide their guests behind the host's address ({subnets}). PVE does it
#  with iptables lines in the file that it generates for ifupdown2; nothing does
#  so on NixOS, and these guests reach nothing outside.
# custom:
#  id: PVE-SDN-006
#  kind: gap
#  category: feature
#  severity: major
#  component: SNAT of SDN subnets
#  equivalent: networking.nftables.tables
#  account: lost
#  workaround: |
#   Add a table of family ip with a chain `type nat hook postrouting priority
#   srcnat;` and the line `ip saddr SUBNET oifname "vmbr0" masquerade`, and set
#   boot.kernel.sysctl."net.ipv4.ip_forward" = 1.
#  test:
#   before: |
#    `iptables -t nat -S POSTROUTING` on PVE prints a line for the subnet.
#   after: |
#    `ping -c1 192.0.2.1` (a host outside) inside a guest of the subnet prints 1
#    received in the trial boot.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.snat

import data.lib.facts
import data.lib.sdn

_hidden[id] := s if {
	some id, s in sdn.subnets
	facts.truthy(s.properties.snat.property.value)
	s.vnet in sdn.here
	not sdn.translated(s.network)
}

findings contains {"at": sort([s.properties.snat.at | some s in _hidden]), "vars": {"count": count(_hidden), "subnets": concat(", ", sort(object.keys(_hidden)))}} if {
	count(_hidden) > 0
}
