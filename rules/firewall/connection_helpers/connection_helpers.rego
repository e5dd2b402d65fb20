# METADATA
# scope: package
# title: Connections that belong to another are not recognised
# description: |
#  The firewall has helpers for {helpers}. They read the control connection of a
#  protocol and let its data connections in as related. A table of nftables accepts
#  related packets too, but nothing tells the kernel which these are, unless a table
#  names the helpers: without one active FTP, SIP or TFTP is connected and then gets
#  no data.
# custom:
#  id: PVE-FW-012
#  kind: gap
#  category: feature
#  severity: major
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: review
#  workaround: |
#   The bridge firewall makes the table pve-helpers where it knows all of them. Else add to
#   a table for each: an object `ct helper ftp4 {
#   type "ftp" protocol tcp; l3proto ip; }` and a chain of type filter hook prerouting
#   priority 0 with `tcp dport 21 ct helper set "ftp4"`, and the module to
#   boot.kernelModules (nf_conntrack_ftp). Better let these protocols go.
#  test:
#   before: |
#    `iptables -t raw -S PVEFW-PREROUTING` on PVE prints a line with CT --helper.
#   after: |
#    `nft list ct helpers` in the trial boot prints them, and `curl --ftp-port -
#    ftp://HOST/` a list.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Conntrack_helpers
package rules.firewall.connection_helpers

import data.lib.firewall
import data.rules.firewall.host_rules

findings contains {"at": [o.at], "vars": {"helpers": o.value}} if {
	firewall.on
	o := firewall.options.node.nf_conntrack_helpers
	o.value != ""
}

# Where the filter of the host is lost, there is nothing that a helper could open.
_ready if {
	host_rules.translated
	firewall.helpers.known
}

_helped := [object.union(h, {"name": sprintf("%s-%s", [h.type, h.protocol])}) |
	some name in sort(firewall.helpers.names)
	some h in data.catalog.conntrack_helpers[name].connections
]

_chain(name, hook) := array.concat(
	array.concat(
		[sprintf("chain %s {", [name]), sprintf("  type filter hook %s priority filter; policy accept;", [hook])],
		[sprintf(`  %s dport %d ct helper set "%s"`, [h.protocol, h.port, h.name]) | some h in _helped],
	),
	["}"],
)

_content := concat("\n", array.concat(
	[sprintf(`ct helper %s { type "%s" protocol %s; }`, [h.name, h.type, h.protocol]) | some h in _helped],
	array.concat(_chain("incoming", "prerouting"), _chain("outgoing", "output")),
))

# What is there already is replaced as a whole.
_script := concat("\n", [
	"nft -f - <<END",
	"table inet pve-helpers",
	"delete table inet pve-helpers",
	"table inet pve-helpers {",
	_content,
	"}",
	"END",
	"",
])

bridges contains {"at": [firewall.helpers.at], "bridge": "firewall", "params": {"table": "pve-helpers", "closes": ["PVE-FW-012"]}} if _ready

settings contains {"at": [firewall.helpers.at], "option": option, "value": value} if {
	_ready
	some [option, value] in array.concat(
		[[["boot", "kernelModules"], sort({data.catalog.conntrack_helpers[name].module | some name in firewall.helpers.names})]],
		[[array.concat(["systemd", "services", "connection-helpers"], path), v] | some [path, v] in _service],
	)
}

# The kernel that checks tables while a system is built has no helpers, so that this one is no table of NixOS.
_service := [
	[["description"], "Helpers for connections that belong to another"],
	[["wantedBy"], ["multi-user.target"]],
	[["after"], ["nftables.service", "systemd-modules-load.service"]],
	[["path"], [{"_ref": ["pkgs", "nftables"]}]],
	[["script"], _script],
	[["preStop"], "nft delete table inet pve-helpers\n"],
	[["serviceConfig", "Type"], "oneshot"],
	[["serviceConfig", "RemainAfterExit"], true],
]

checks contains {"at": [firewall.helpers.at], "check": "unit-active", "params": {"unit": "connection-helpers.service"}, "required": false} if _ready
