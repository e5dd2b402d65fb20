# METADATA
# scope: package
# title: Packet filters beside PVE's
# description: |
#  {units} loads packet filters of its own at boot, from files of Debian
#  (/etc/nftables.conf, /etc/iptables). The bridge firewall carries a file that stands
#  for itself and loads it before the network is up. Without it what they closed is
#  open, and what they translated is not translated.
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

import data.lib.configfiles
import data.lib.facts
import data.lib.lines

_loaders := {"nftables.service", "netfilter-persistent.service", "shorewall.service", "shorewall6.service", "ufw.service", "firewalld.service", "ferm.service"}

_found contains u if {
	some u in _loaders
	u in facts.in_use
	facts.units[u]
	not _idle(u)
}

_at := sort([facts.units[u].at | some u in _found])

findings contains {"at": _at, "vars": {"units": concat(", ", sort(_found))}} if count(_found) > 0

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

# Files that are loaded as they are: all of them, or none.

_of_unit := {
	"nftables.service": {"/etc/nftables.conf": "nft"},
	"netfilter-persistent.service": {"/etc/iptables/rules.v4": "iptables", "/etc/iptables/rules.v6": "ip6tables"},
}

_files[path] := program if {
	some u in _found
	some path, program in _of_unit[u]
	configfiles.files[path]
}

_ready if {
	count(_found) > 0
	every u in _found {
		count(facts.units[u].unit.drop_ins) == 0
		count([path | some path, _ in _of_unit[u]; _files[path]]) > 0
	}
	every path, program in _files {
		_alone(program, configfiles.files[path].lines)
	}
}

# No other file, no set of someone else's, and nothing that PVE's own firewall left in it.
_alone("nft", lines) if every l in lines {
	l.key != "include"
	not regex.match(`\b(include|proxmox-firewall|PVEFW)`, object.get(l, "value", ""))
}

_alone(program, lines) if {
	program in {"iptables", "ip6tables"}
	every l in lines {
		not regex.match(`PVEFW|--match-set|fw(br|ln|pr)[0-9]`, object.get(l, "value", ""))
	}
}

_kept := sort({p | some p in _at} | {p |
	some path, _ in _files
	f := configfiles.files[path]
	some p in ({f.at} | {sprintf("%s/properties/%d", [f.at, j]) | some j, _ in f.lines})
})

_to(path) := concat("", ["/var/lib/pve2nix", path])

bridges contains {"at": _kept, "bridge": "firewall", "params": {"service": "own-filter", "closes": ["PVE-FW-007"]}} if _ready

bridges contains {"at": _at, "bridge": "firewall", "params": {"service": "own-filter"}} if _ready

carries contains {"at": _kept, "path": path, "to": _to(path), "mode": "0600", "secret": true} if {
	_ready
	some path, _ in _files
}

# Tables of NixOS are loaded by another unit: what empties all of them is left out.
_loads := {
	"nft": "sed '/^[[:blank:]]*flush[[:blank:]]\\+ruleset/d' %s | nft -f -",
	"iptables": "iptables-restore --noflush < %s",
	"ip6tables": "ip6tables-restore --noflush < %s",
}

settings contains {"at": _kept, "option": array.concat(["systemd", "services", "own-filter"], option), "value": value} if {
	_ready
	some [option, value] in [
		[["description"], "Packet filters of the owner"],
		[["wantedBy"], ["multi-user.target"]],
		[["wants"], ["network-pre.target"]],
		[["before"], ["network-pre.target"]],
		[["after"], ["systemd-modules-load.service", "local-fs.target"]],
		[["unitConfig", "DefaultDependencies"], false],
		[["restartIfChanged"], false],
		[["path"], [{"_ref": ["pkgs", "gnused"]}, {"_ref": ["pkgs", "iptables"]}, {"_ref": ["pkgs", "nftables"]}]],
		[["script"], concat("", [sprintf("%s\n", [sprintf(_loads[program], [_to(path)])]) | some path, program in _files])],
		[["serviceConfig", "Type"], "oneshot"],
		[["serviceConfig", "RemainAfterExit"], true],
	]
}

checks contains {"at": _kept, "check": "unit-active", "params": {"unit": "own-filter.service"}, "required": true} if _ready
