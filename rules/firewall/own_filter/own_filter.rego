# METADATA
# scope: package
# title: Packet filters beside PVE's
# description: |
#  {units} loads packet filters of its own at boot. Their files are Debian's
#  (/etc/nftables.conf, /etc/iptables) and are not carried over: what they closed
#  is open, what they translated is not translated.
# custom:
#  id: PVE-FW-007
#  kind: gap
#  category: service
#  severity: major
#  component: nftables, netfilter-persistent, shorewall, ufw, firewalld
#  equivalent: networking.nftables.tables or networking.nftables.ruleset
#  account: none
#  workaround: |
#   Take `nft list ruleset` on PVE without PVE's tables and put it into
#   networking.nftables.tables; iptables rules through iptables-restore-translate.
#   services.fail2ban of NixOS works with either.
#  test:
#   before: |
#    `nft list tables` on PVE prints tables, or `iptables-save | grep -c -v PVEFW`
#    counts lines, that PVE did not make.
#   after: |
#    `nft list ruleset` in the trial boot prints the same chains.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=networking.nftables.ruleset
#   - https://wiki.debian.org/nftables
package rules.firewall.own_filter

import data.lib.facts
import data.lib.lines

_loaders := {"nftables.service", "netfilter-persistent.service", "shorewall.service", "shorewall6.service", "ufw.service", "firewalld.service", "ferm.service"}

findings contains {"at": sort([facts.units[u].at | some u in found]), "vars": {"units": concat(", ", sort(found))}} if {
	found := {u |
		some u in _loaders
		u in facts.in_use
		facts.units[u]
		not _idle(u)
	}
	count(found) > 0
}

# The unit of ufw is on as soon as it is installed; its own file says whether it filters.
_idle("ufw.service") if {
	value := lines.by_key("/etc/ufw/ufw.conf").ENABLED.property.value
	not facts.truthy(trim(value, `"'`))
}

_idle("ufw.service") if {
	"config_files" in facts.known
	not lines.files["/etc/ufw/ufw.conf"]
}

# Without a file of its own the service loads Debian's, which is empty.
_idle("nftables.service") if {
	"config_files" in facts.known
	not lines.files["/etc/nftables.conf"]
	count(facts.units["nftables.service"].unit.drop_ins) == 0
}
