# METADATA
# scope: package
# title: Others take their time from this host, and its client cannot give it
# description: |
#  ntpd sends time to whoever listens ({clients}), or lets ask whom no line of chrony can
#  name. Its servers become networking.timeServers; networks that may ask become lines of
#  chrony, and this does not. Guests, switches, cameras and the other nodes that have this
#  host as their server lose it, and drift apart within days.
# custom:
#  id: PVE-TIME-005
#  kind: gap
#  category: service
#  severity: major
#  component: ntpd
#  equivalent: services.chrony.extraConfig
#  account: none
#  workaround: |
#   services.ntp.enable with services.ntp.extraConfig keeps ntpd itself (set
#   services.chrony.enable to false beside it). Or let the machines ask: "allow NETWORK" in
#   services.chrony.extraConfig for each of their networks; UDP port 123 has to be open to them.
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

# Networks in the words of chrony.
_allowed[at] := network if {
	some i, p in input.system.ntp
	at := sprintf("/system/ntp/%d", [i])
	_serves[at]
	p.key == "restrict"
	network := _network_of(regex.split(`\s+`, regex.replace(trim_space(p.value), `^-[46]\s+`, "")))
}

_network_of(words) := words[0] if {
	not "mask" in words
	regex.match(`^([0-9.]{7,15}|[0-9A-Fa-f:]{2,39})/[0-9]{1,3}$`, words[0])
	net.cidr_is_valid(words[0])
}

_network_of(words) := network if {
	some i, word in words
	word == "mask"
	regex.match(`^(255\.){0,3}(255|254|252|248|240|224|192|128|0)(\.0){0,3}$`, words[i + 1])
	octets := split(words[i + 1], ".")
	count(octets) == 4
	network := sprintf("%s/%d", [words[0], sum([_bits[octet] | some octet in octets])])
	net.cidr_is_valid(network)
}

_bits := {"0": 0, "128": 1, "192": 2, "224": 3, "240": 4, "248": 5, "252": 6, "254": 7, "255": 8}

_left[at] := client if {
	some at, client in _serves
	not _allowed[at]
}

findings contains {"at": sort(object.keys(_left)), "vars": {"clients": concat(", ", sort({c | some c in _left}))}} if {
	_daemon
	count(_left) > 0
}

# The client of NixOS answers nobody; chrony does, and asks the servers of networking.timeServers.
settings contains {"at": at, "option": ["services", "chrony", name], "value": value} if {
	_daemon
	not facts.packages.chrony
	count(_allowed) > 0
	some [name, at, value] in [
		["enable", _replaced, true],
		["extraConfig", sort(object.keys(_allowed)), concat("", [sprintf("allow %s\n", [network]) | some network in sort({n | some n in _allowed})])],
	]
}

# The daemon itself, where chrony gives the time to all that it gave it to.
_replaced := sort([facts.units[name].at | some name in ["ntp.service", "ntpd.service", "ntpsec.service"]; name in facts.in_use]) if {
	count(_left) == 0
} else := sort(object.keys(_allowed))
