# METADATA
# scope: package
# title: Others take their time from this host, and its client cannot give it
# description: |
#  ntpd answers other machines here ({clients}). Its servers become networking.timeServers,
#  which systemd-timesyncd of NixOS asks; that is a client only and listens on no port.
#  Guests, switches, cameras and the other nodes that have this host as their server lose it,
#  and drift apart within days.
# custom:
#  id: PVE-TIME-005
#  kind: gap
#  category: service
#  severity: major
#  component: ntpd
#  equivalent: services.chrony.extraConfig
#  account: none
#  workaround: |
#   Set services.chrony.enable with services.chrony.servers, and "allow NETWORK" for each of
#   these networks in services.chrony.extraConfig; UDP port 123 has to be open to them.
#   services.ntp.enable keeps ntpd itself.
#  test:
#   before: |
#    `ntpq -c mrulist` on PVE prints the machines that ask.
#   after: |
#    `chronyc clients` on the trial system prints them after an hour.
#  phase: run
#  sources:
#   - https://www.ntp.org/documentation/4.2.8-series/accopt/
#   - https://search.nixos.org/options?query=services.chrony.extraConfig
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-timesyncd.service.html
package rules.time.ntpd_serves

import data.lib.facts

_daemon if {
	some unit in ["ntp.service", "ntpsec.service", "ntpd.service"]
	unit in facts.in_use
}

_client(value) := words[0] if {
	words := regex.split(`\s+`, regex.replace(trim_space(value), `^-[46]\s+`, ""))
	regex.match(`^[0-9a-fA-F:.]+(/[0-9]+)?$`, words[0])
	not regex.match(`^(127\.|::1$)`, words[0])
	count({"ignore", "noserve"} & {w | some w in words}) == 0
	_network(words)
}

_network(words) if "mask" in words

_network(words) if contains(words[0], "/")

_serves[sprintf("/system/ntp/%d", [i])] := client if {
	some i, p in input.system.ntp
	regex.match(`^/etc/(ntpsec/)?ntp\.conf:`, p.source)
	p.key == "restrict"
	client := _client(p.value)
}

_serves[sprintf("/system/ntp/%d", [i])] := p.value if {
	some i, p in input.system.ntp
	regex.match(`^/etc/(ntpsec/)?ntp\.conf:`, p.source)
	p.key in {"broadcast", "manycastserver"}
}

findings contains {"at": sort(object.keys(_serves)), "vars": {"clients": concat(", ", sort({c | some c in _serves}))}} if {
	_daemon
	count(_serves) > 0
}
