# METADATA
# scope: package
# title: Firewalls of guests filter nothing
# description: |
#  {count} guests of this node have a firewall that is in force ({guests}). PVE
#  filters on a bridge between the guest and its network; nothing does so on
#  NixOS. These guests are reachable on every port, and can send with foreign
#  addresses.
# custom:
#  id: PVE-FW-005
#  kind: gap
#  category: feature
#  severity: major
#  component: firewall of guests
#  equivalent: networking.nftables.tables of family bridge
#  account: lost
#  workaround: |
#   Put the rules into the guests themselves before the conversion, or write
#   networking.nftables.tables of family bridge for their tap devices (tap100i0 is
#   net0 of guest 100) with a forward chain that drops by default.
#  test:
#   before: |
#    `nmap -Pn -p 1-1024 GUEST` from another machine prints few open ports on PVE
#    and all that the guest listens on in the trial boot.
#   after: |
#    `nmap -Pn -p 1-1024 GUEST` prints the same ports in the trial boot as on PVE.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.guest_rules

import data.lib.facts
import data.lib.firewall

_local[sprintf("%d", [vmid])] := g if some vmid, g in facts.guests

# METADATA
# title: Firewall files of guests of this node
# description: vmid as text → {at, file}; the last of several
files[f.name] := {"at": sprintf("/network/firewall/%d", [i]), "file": f} if {
	some i, f in input.network.firewall
	f.scope == "guest"
	_local[f.name]
	not _again(i, f.name)
}

_again(i, name) if {
	some k, f in input.network.firewall
	k > i
	f.scope == "guest"
	f.name == name
}

# METADATA
# title: Guests whose firewall acts
# description: It does with its own switch and on network cards that ask for it.
active contains name if {
	firewall.guests_on
	some name, f in files
	some p in f.file.options
	p.key == "enable"
	p.value == "1"
	some key, c in _local[name].config
	regex.match(`^net[0-9]{1,2}$`, key)
	facts.truthy(facts.field(c.property, "firewall"))
}

# Security groups that these guests name.
_named := {p |
	some name in active
	some r in files[name].file.rules
	r.direction == "GROUP"
	g := firewall.groups[lower(r.action)]
	some p in ({g.at} | {sprintf("%s/rules/%d", [g.at, k]) | some k, _ in g.rules})
}

findings contains {
	"at": sort(union({firewall.file_nodes(files[name].file, files[name].at) | some name in active}) | _named),
	"vars": {"count": count(active), "guests": concat(", ", sort(active))},
} if {
	count(active) > 0
}
