# METADATA
# scope: package
# title: Limits of connection tracking
# description: |
#  Sets what pve-firewall sets from the node's options while it runs: the size of the
#  table of connections and its timeouts. The module is loaded before the
#  settings are applied, since they do not exist without it.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://docs.kernel.org/networking/nf_conntrack-sysctl.html
package rules.firewall.conntrack

import data.lib.firewall
import data.lib.network
import data.lib.sysctl

_keys := {
	"nf_conntrack_max": "net.netfilter.nf_conntrack_max",
	"nf_conntrack_tcp_timeout_established": "net.netfilter.nf_conntrack_tcp_timeout_established",
	"nf_conntrack_tcp_timeout_syn_recv": "net.netfilter.nf_conntrack_tcp_timeout_syn_recv",
}

_set[option] := {"at": o.at, "key": key, "value": value} if {
	firewall.on
	some option, key in _keys
	o := firewall.options.node[option]
	value := network.number(o.value, 30, 2147483647)
	object.get(sysctl.effective, key, value) == value
}

settings contains {"at": [s.at], "option": ["boot", "kernel", "sysctl", s.key], "value": s.value} if {
	some s in _set
}

settings contains {"at": [s.at], "option": ["boot", "kernelModules"], "value": ["nf_conntrack"]} if {
	some s in _set
}
