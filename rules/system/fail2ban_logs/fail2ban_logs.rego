# METADATA
# scope: package
# title: Jails of fail2ban watch log files that NixOS does not have
# description: |
#  {jails} read {files}. What syslog wrote is in the journal, and jails of it are taken over; files
#  of a program are elsewhere on NixOS, or nowhere, and these jails are left out. fail2ban refuses
#  to start at all when the log file of one jail is missing (`Have not found any log file for …
#  jail`): with one such jail added, none protects anything.
# custom:
#  id: PVE-SYS-017
#  kind: pitfall
#  category: service
#  severity: major
#  component: fail2ban
#  equivalent: services.fail2ban.jails
#  account: none
#  workaround: |
#   Give each jail backend = systemd in services.fail2ban.jails.NAME.settings and a
#   journalmatch in its filter (`_SYSTEMD_UNIT=pvedaemon.service` for the web interface of
#   PVE, where that stays), in place of logpath.
#  test:
#   before: |
#    `fail2ban-client status` on PVE lists the jails.
#   after: |
#    `fail2ban-client status` on the trial system lists them, and after five wrong passwords
#    at port 8006 `fail2ban-client status proxmox` shows the address.
#  phase: run
#  sources:
#   - https://github.com/fail2ban/fail2ban/wiki
#   - https://search.nixos.org/options?query=services.fail2ban.jails
#   - https://pve.proxmox.com/wiki/Fail2ban
package rules.system.fail2ban_logs

import data.lib.facts
import data.lib.fail2banlogs
import data.lib.lines

_logs[[file, i]] := p if {
	"fail2ban.service" in facts.in_use
	some file, f in lines.files
	startswith(file, "/etc/fail2ban/jail.")
	file != "/etc/fail2ban/jail.conf"
	some i, p in f.properties
	endswith(p.key, ".logpath")
	startswith(p.value, "/var/log/")
	jail := trim_suffix(p.key, ".logpath")
	_enabled(jail)
	_backend(jail) != "systemd"
	not fail2banlogs.of_syslog[p.value]
}

# Files are read by name, .conf before .local and jail.conf before jail.d; the last line of a key holds.
_order(file) := [1, file] if {
	startswith(file, "/etc/fail2ban/jail.d/")
	endswith(file, ".conf")
} else := [3, file] if {
	startswith(file, "/etc/fail2ban/jail.d/")
} else := [2, file] if {
	endswith(file, ".local")
} else := [0, file]

_said[p.key] contains [_order(file), i, p.value] if {
	some file, f in lines.files
	startswith(file, "/etc/fail2ban/jail.")
	some i, p in f.properties
	regex.match(`\.(enabled|backend)$`, p.key)
}

_value(jail, key, missing) := _last(sprintf("%s.%s", [jail, key])) if {
	_said[sprintf("%s.%s", [jail, key])]
} else := _last(sprintf("DEFAULT.%s", [key])) if {
	_said[sprintf("DEFAULT.%s", [key])]
} else := missing

_last(key) := max(_said[key])[2]

# Debian's own file switches sshd on.
_enabled(jail) if facts.truthy(_value(jail, "enabled", {true: "true", false: "false"}[jail == "sshd"]))

_backend(jail) := lower(_value(jail, "backend", "auto"))

findings contains {"at": sort([lines.at(key[0], key[1]) | some key, _ in _logs]), "vars": {
	"jails": concat(", ", sort({trim_suffix(p.key, ".logpath") | some p in _logs})),
	"files": concat(", ", sort({p.value | some p in _logs})),
}} if {
	count(_logs) > 0
}
