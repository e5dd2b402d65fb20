# METADATA
# scope: package
# title: Time servers ask for a key that is not taken over
# description: |
#  The servers {servers} are used with a symmetric key. Their lines are taken over with the
#  number of the key, the file of keys is not; services.chrony has an empty one of its own.
#  chrony then says "Key is missing" at its start and never selects these servers. Where they
#  are the only ones, the clock runs free while everything looks set up.
# custom:
#  id: PVE-TIME-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: chrony
#  equivalent: services.chrony.extraConfig
#  account: none
#  workaround: |
#   Copy /etc/chrony/chrony.keys to a path outside of the Nix store, readable for the group
#   chrony, and add "keyfile PATH" to services.chrony.extraConfig; the last such line holds.
#  test:
#   before: |
#    `grep -rE "^(server|pool|peer).* key [0-9]" /etc/chrony` prints the lines.
#   after: |
#    `chronyc authdata` on the trial system prints mode SK for these servers and `chronyc
#    sources` prints "*" or "+" before one of them.
#  phase: run
#  sources:
#   - https://chrony-project.org/doc/latest/chrony.conf.html#keyfile
#   - https://search.nixos.org/options?query=services.chrony.extraConfig
package rules.time.keyed_servers

import data.lib.facts

_keyed[sprintf("/system/ntp/%d", [i])] := words[0] if {
	some i, p in input.system.ntp
	p.key in {"server", "pool", "peer"}
	startswith(p.source, "/etc/chrony/")
	words := regex.split(`\s+`, trim_space(p.value))
	some j, word in words
	word == "key"
	regex.match(`^[0-9]+$`, words[j + 1])
}

findings contains {"at": sort(object.keys(_keyed)), "vars": {"servers": concat(", ", sort({s | some s in _keyed}))}} if {
	count({"chrony.service", "chronyd.service"} & facts.in_use) > 0
	count(_keyed) > 0
}
