# METADATA
# scope: package
# title: Another port leads to the web interface by address translation
# description: |
#  A rule of iptables sends connections, as a rule those of port 443, to port 8006 ({rule}).
#  proxmox-nixos opens ports 80 and 443 in its firewall, but nothing answers there by
#  itself. Where neither the bridge firewall nor the bridge network loads the rule,
#  bookmarks, API clients and an OpenID client that knows the URL without a port end in
#  "connection refused".
# custom:
#  id: PVE-API-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: web interface
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   State it in networking.nftables.tables (a chain of type nat, hook prerouting, with tcp
#   dport 443 redirect to :8006) with networking.nftables.enable, or set up services.nginx in
#   front.
#  test:
#   before: |
#    `iptables-save -t nat | grep 8006` prints the rule on PVE.
#   after: |
#    On the trial system `nft list ruleset | grep 8006` prints the rule, and `curl -sk
#    https://HOST/` from another machine prints the login page.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://search.nixos.org/options?query=networking.nftables.tables
#   - https://manpages.debian.org/stable/iptables-persistent/netfilter-persistent.8.en.html
package rules.api.port_redirect

import data.lib.facts

_persistent if {
	some unit in ["netfilter-persistent.service", "iptables.service"]
	unit in facts.in_use
}

_rules[sprintf("/config_files/%d/properties/%d", [i, j])] := p.value if {
	_persistent
	some i, f in input.config_files
	startswith(f.path, "/etc/iptables/rules.")
	some j, p in f.properties
	_redirect(p.value)
}

_rules[sprintf("/network/interfaces/%d/options/%d", [i, j])] := p.value if {
	some i, n in input.network.interfaces
	some j, p in n.options
	p.key in {"up", "post-up", "pre-up"}
	_redirect(p.value)
}

_redirect(text) if regex.match(`(REDIRECT\b.*--to-ports?\s+8006|DNAT\b.*--to-destination\s+\S*:8006)(\s|$)`, text)

findings contains {"at": sort(object.keys(_rules)), "vars": {"rule": min([r | some r in _rules])}} if {
	count(_rules) > 0
}
