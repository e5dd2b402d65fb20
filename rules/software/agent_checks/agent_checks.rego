# METADATA
# scope: package
# title: The monitoring agent runs checks of this host
# description: |
#  {agent} answers {count} checks by running programs of this host, {programs} among them.
#  On NixOS the agent runs as another user, finds only what its unit has in path, and
#  /usr/lib/nagios/plugins and scripts of /usr/local are not there: each such item turns
#  unknown or stays at its last value without an alarm.
# custom:
#  id: PVE-SW-009
#  kind: pitfall
#  category: service
#  severity: major
#  component: monitoring
#  account: none
#  workaround: |
#   Name the programs by their package in the agent's settings
#   (services.zabbixAgent.settings.UserParameter, services.snmpd.configText,
#   services.telegraf.extraConfig.inputs.exec), add what scripts call to
#   systemd.services.NAME.path, and give rights with security.sudo.extraRules on paths of
#   /run/current-system/sw/bin.
#  test:
#   before: |
#    `grep -rhE "UserParameter|^command|^extend|^exec|commands" /etc/zabbix /etc/nagios
#    /etc/snmp /etc/telegraf` on PVE lists the checks.
#   after: |
#    The server asks each item of the trial system once (`zabbix_get -k KEY`, `snmpwalk …
#    NET-SNMP-EXTEND-MIB`, `check_nrpe -c NAME`) and gets a value.
#  phase: run
#  sources:
#   - https://www.zabbix.com/documentation/current/en/manual/config/items/userparameters
#   - https://net-snmp.sourceforge.io/docs/man/snmpd.conf.html
#   - https://search.nixos.org/options?query=services.zabbixAgent.settings
package rules.software.agent_checks

import data.lib.facts
import data.lib.lines

_agents := {
	"/etc/nagios/": {"unit": {"nagios-nrpe-server.service"}, "name": "NRPE", "key": `^command\[`},
	"/etc/snmp/": {"unit": {"snmpd.service"}, "name": "snmpd", "key": `^(extend|extend-sh|exec|pass|pass_persist)$`},
	"/etc/telegraf/": {"unit": {"telegraf.service"}, "name": "Telegraf", "key": `^inputs\.exec(\.[0-9]+)?\.commands$`},
	"/etc/zabbix/": {"unit": {"zabbix-agent.service", "zabbix-agent2.service"}, "name": "The Zabbix agent", "key": `^UserParameter$`},
}

_checks[prefix][[file, i]] := p if {
	some prefix, agent in _agents
	count(agent.unit & facts.in_use) > 0
	some file, f in lines.files
	startswith(file, prefix)
	some i, p in f.properties
	regex.match(agent.key, p.key)
	not contains(object.get(p, "value", ""), "Hello, world!") # Debian's example
}

_programs(checks) := {program |
	some p in checks
	some program in regex.find_n(`/[A-Za-z0-9_][A-Za-z0-9_./+-]*[A-Za-z0-9_+-]`, object.get(p, "value", ""), -1)
}

findings contains {"at": sort([lines.at(key[0], key[1]) | some key, _ in checks]), "vars": {
	"agent": _agents[prefix].name,
	"count": count(checks),
	"programs": concat(", ", array.slice(sort([p | some p in programs]), 0, 8)),
}} if {
	some prefix, checks in _checks
	programs := _programs(checks)
	count(programs) > 0
}
