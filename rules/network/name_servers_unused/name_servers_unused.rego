# METADATA
# scope: package
# title: Name servers in the network configuration that nobody asks
# description: |
#  {interface} names {servers}, and /etc/resolv.conf does not. The lines are for
#  resolvconf, which PVE does not have, so that they do nothing and nothing comes of
#  them on NixOS. Whoever wrote them may believe that the host asks these servers.
# custom:
#  id: PVE-NET-046
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: name resolution
#  equivalent: networking.nameservers
#  account: review
#  workaround: |
#   Decide which servers are meant: put them into the DNS panel of the node on PVE (or
#   networking.nameservers) and delete the lines.
#  test:
#   before: |
#    `cat /etc/resolv.conf` on PVE prints other servers than `grep dns-
#    /etc/network/interfaces`.
#   after: |
#    `cat /etc/resolv.conf` in the trial boot prints the servers that you decided on.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/bookworm/resolvconf/resolvconf.8.en.html
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.name_servers_unused

import data.lib.facts
import data.lib.network

_asked := {p.value | some p in input.network.dns.nameservers}

findings contains {"at": [at], "vars": {"interface": name, "servers": concat(", ", sort(unused))}} if {
	"network.dns" in facts.known
	count(_asked) > 0
	some name, n in network.interfaces
	some j, p in n.options
	p.key == "dns-nameservers"
	unused := {w | some w in regex.split(`\s+`, trim_space(p.value)); network.ip(w)} - _asked
	count(unused) > 0
	at := sprintf("%s/options/%d", [n.at, j])
}
