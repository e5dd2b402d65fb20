# METADATA
# scope: package
# title: Rules for forwarded packets no longer see bridged ones
# description: |
#  The host has {count} rules of its own for forwarded packets ({files}). While PVE's
#  firewall is on it hands frames that only cross a bridge to iptables and nftables
#  as well (bridge-nf-call-iptables = 1), so that these rules filter between guests
#  and from the network to guests too. On NixOS that switch is 0 as PVE sets it at
#  boot: the rules only see what is routed, and bridged guests are not filtered.
# custom:
#  id: PVE-FW-016
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: packet filters
#  equivalent: networking.nftables.tables of family bridge
#  account: none
#  workaround: |
#   Say the rules that are about guests in a table of family bridge. Or set
#   boot.kernel.sysctl."net.bridge.bridge-nf-call-iptables" = lib.mkForce 1 with
#   br_netfilter in boot.kernelModules, and check that a drop policy of forward then
#   does not cut off guests that it should not.
#  test:
#   before: |
#    `sysctl net.bridge.bridge-nf-call-iptables` on PVE prints 1.
#   after: |
#    `nft list ruleset` in the trial boot prints the rules with counters that grow
#    when `ping -c1 GUEST` runs on another machine.
#  phase: run
#  sources:
#   - https://git.proxmox.com/?p=pve-firewall.git;a=blob;f=src/PVE/Firewall.pm
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.bridged_forward

import data.lib.facts
import data.lib.firewall

_loader["/etc/nftables.conf"] := "nftables.service"

_loader["/etc/iptables/rules.v4"] := "netfilter-persistent.service"

_loader["/etc/iptables/rules.v6"] := "netfilter-persistent.service"

# The daemon for nftables leaves the switch alone.
_lines[f.path] contains sprintf("/config_files/%d/properties/%d", [i, j]) if {
	firewall.guests_on
	not firewall.options.node.nftables.value == "1"
	some i, f in input.config_files
	_loader[f.path] in facts.in_use
	some j, p in f.properties
	_filters(f, j, p.value)
}

# Rules of PVE's own chains come into the file when somebody saves what is loaded.
_filters(_, _, text) if {
	regex.match(`^(-A FORWARD |:FORWARD DROP)`, text)
	not contains(text, " PVEFW-")
}

_filters(_, _, text) if regex.match(`^type filter hook forward .*policy drop`, text)

# Debian's own file has the chain without a rule in it.
_filters(f, j, text) if {
	startswith(text, "type filter hook forward ")
	not f.properties[j + 1].key in {"chain", "flush", "include", "map", "set", "table"}
}

findings contains {"at": sort(at), "vars": {"count": count(at), "files": concat(", ", sort(object.keys(_lines)))}} if {
	count(_lines) > 0
	at := union({pointers | some pointers in _lines})
}
