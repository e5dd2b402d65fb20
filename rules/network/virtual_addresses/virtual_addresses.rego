# METADATA
# scope: package
# title: An address of several hosts leaves this one
# description: |
#  keepalived moves {addresses} between this host and others. As soon as PVE goes
#  down another one takes them; on the converted host nothing speaks VRRP, so that
#  they never come back, and with no second host they are gone. A VRRP instance that
#  is set up by hand with a higher priority or another router id takes them from the
#  host that has them.
# custom:
#  id: PVE-NET-050
#  kind: gap
#  category: service
#  severity: major
#  component: keepalived
#  equivalent: services.keepalived
#  account: none
#  workaround: |
#   Set services.keepalived.vrrpInstances with the same virtualRouterId, interface and
#   virtualIps, and a lower priority until the trial is over. Put auth_pass into
#   secretFile. Scripts of track_script run as keepalived_script and need programs by
#   full path. A filter of your own must accept protocol 112.
#  test:
#   before: |
#    `ip -br addr` on PVE or on its partner prints the address; `tcpdump -c1 -ni any
#    proto 112` one packet a second.
#   after: |
#    `ip -br addr` prints the address on exactly one of the hosts when this one is
#    stopped and when it runs.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=services.keepalived.vrrpInstances
#   - https://www.keepalived.org/manpage.html
package rules.network.virtual_addresses

import data.lib.facts

_addresses[at] := address if {
	some i, f in input.config_files
	startswith(f.path, "/etc/keepalived/")
	some j, p in f.properties
	[[_, address]] := regex.find_all_string_submatch_n(`\.virtual_ipaddress(?:_excluded)?\.([0-9A-Fa-f:.]+(?:/[0-9]+)?)`, p.key, 1)
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

findings contains {"at": sort(object.keys(_addresses) | {unit.at}), "vars": {"addresses": concat(", ", sort({a | some a in _addresses}))}} if {
	"keepalived.service" in facts.in_use
	unit := facts.units["keepalived.service"]
	count(_addresses) > 0
}
