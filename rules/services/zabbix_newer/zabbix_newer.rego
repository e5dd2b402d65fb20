# METADATA
# scope: package
# title: The Zabbix agent of NixOS is newer than the one of this host
# description: |
#  The agent here is {version}, on NixOS it is 7.0. Zabbix supports agents that are as old as
#  their server or older, not newer ones. A server of {version} takes values of a 7.0 agent as
#  long as nothing goes wrong; items that run into a timeout and active checks with a heartbeat are
#  where they differ, and nobody helps with it.
# custom:
#  id: PVE-SVC-011
#  kind: pitfall
#  category: service
#  severity: minor
#  component: Zabbix agent
#  equivalent: services.zabbixAgent.package
#  account: none
#  workaround: |
#   Ask the server for its version (`zabbix_server -V` there). Where it is older than 7.0, set
#   services.zabbixAgent.package to the agent of its series (pkgs.zabbix60.agent,
#   pkgs.zabbix60.agent2), where the release has it, or bring the server up to 7.0 first.
#  test:
#   before: |
#    `zabbix_agentd -V` or `zabbix_agent2 -V` on PVE prints {version}.
#   after: |
#    `systemctl show -p ExecStart zabbix-agent` on the trial system names the series of the
#    server, and the server shows fresh values of all items.
#  phase: run
#  sources:
#   - https://www.zabbix.com/documentation/current/en/manual/appendix/compatibility
#   - https://search.nixos.org/options?query=services.zabbixAgent.package
package rules.services.zabbix_newer

import data.lib.facts

_packages := {"zabbix-agent": "zabbix-agent.service", "zabbix-agent2": "zabbix-agent2.service"}

findings contains {"at": [p.at], "vars": {"version": concat(".", [m[1], m[2]])}} if {
	some name, unit in _packages
	unit in facts.in_use
	p := facts.packages[name]
	some m in regex.find_all_string_submatch_n(`^(?:[0-9]+:)?([0-9]+)\.([0-9]+)\.`, p.package.version, 1)
	to_number(m[1]) < 7
}
