# METADATA
# scope: package
# title: The SNMP agent runs as root
# description: |
#  Debian starts snmpd as the user Debian-snmp; services.snmpd of NixOS knows no user. Its file
#  gives more than reading ({lines}): what the agent runs for a request, and what a request may
#  write, is done by root.
# custom:
#  id: PVE-SVC-010
#  kind: pitfall
#  category: service
#  severity: minor
#  component: snmpd
#  equivalent: services.snmpd.enable
#  account: none
#  workaround: |
#   Put agentUser and agentGroup with a user of your own into the file (`users.users.snmp = {
#   isSystemUser = true; group = "snmp"; }`) and drop their names from
#   systemd.services.snmpd.preStart, or take the lines out and let a timer write what they print
#   into a file that is read with `extend NAME cat FILE`.
#  test:
#   before: |
#    `ps -o user= -C snmpd` on PVE prints Debian-snmp.
#   after: |
#    `ps -o user= -C snmpd` on the trial system prints the user that you chose, and `snmpwalk`
#    from the server still gets values.
#  phase: run
#  sources:
#   - https://net-snmp.sourceforge.io/docs/man/snmpd.conf.html
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/monitoring/snmpd.nix
package rules.services.snmp_root

import data.lib.facts
import data.lib.lines

_more contains [lines.at(path, i), key] if {
	"snmpd.service" in facts.in_use
	some path, f in lines.files
	regex.match(`^/etc/snmp/snmpd\.conf(\.d/|$)`, path)
	some i, p in f.properties
	key := lower(p.key)
	key in {"exec", "extend", "extend-sh", "extendfix", "pass", "pass_persist", "perl", "rwcommunity", "rwcommunity6", "rwuser", "sh"}
}

findings contains {"at": sort({at | some [at, _] in _more}), "vars": {"lines": concat(", ", sort({key | some [_, key] in _more}))}} if {
	count(_more) > 0
}
