# METADATA
# scope: package
# title: Jails of fail2ban
# description: |
#  Jails that are switched on and read the journal, or files that syslog writes from it, are jails
#  on NixOS that read the journal, with a filter of their own name where the host has one. What
#  bans, and jails that read log files of a program, are left to a person: NixOS has its own action
#  for its packet filter, and its programs write elsewhere.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.fail2ban.jails
#   - https://manpages.debian.org/stable/fail2ban/jail.conf.5.en.html
package rules.system.jails

import data.lib.configfiles
import data.lib.facts
import data.lib.fail2banlogs
import data.lib.guard

_sections := object.union_n([{jail: object.union_n([{key: line} |
	some line in _lines
	line.section == jail
	key := line.name
])} |
	some jail in {line.section | some line in _lines}
])

# jail.conf is Debian's own file; of the others .local comes after .conf.
_lines := [{"section": parts[0][1], "name": parts[0][2], "value": line.value, "at": line.at} |
	"fail2ban.service" in facts.in_use
	some suffix in ["conf", "local"]
	some line in configfiles.below("/etc/fail2ban/jail.")
	line.path != "/etc/fail2ban/jail.conf"
	endswith(line.path, sprintf(".%s", [suffix]))
	guard.line(line.value)
	parts := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9_-]{0,40})\.([a-z][a-z0-9_.]{0,30})$`, line.key, 1)
	count(parts) == 1
]

_defaults := object.get(_sections, "DEFAULT", {})

_value(jail, key, missing) := object.get(_sections, [jail, key, "value"], object.get(_defaults, [key, "value"], missing))

_jails contains jail if {
	some jail, _ in _sections
	jail != "DEFAULT"
	facts.truthy(_value(jail, "enabled", "false"))
	_journal(jail)
	_filter(jail)
}

_journal(jail) if lower(_value(jail, "backend", "auto")) == "systemd"

# What syslog writes into them is in the journal.
_journal(jail) if {
	files := regex.split(`\s+`, trim_space(_sections[jail].logpath.value))
	every file in files {
		fail2banlogs.of_syslog[file]
	}
}

# Debian's own file says where it reads, and NixOS has it read the journal.
_journal("sshd") if not _sections.sshd.logpath

# A filter of another name is a file that would have to come along by itself.
_filter(jail) if not _sections[jail].filter

_filter(jail) if _sections[jail].filter.value == jail

_filter(jail) if not _own(_sections[jail].filter.value)

_own(name) if {
	some suffix in ["conf", "local"]
	configfiles.files[sprintf("/etc/fail2ban/filter.d/%s.%s", [name, suffix])]
}

_taken := {
	"bantime", "bantime.factor", "bantime.increment", "bantime.maxtime", "enabled", "filter", "findtime", "ignoreip",
	"journalmatch", "maxretry", "mode", "port", "protocol",
}

settings contains {"at": [line.at], "option": ["services", "fail2ban", "jails", jail, "settings", key], "value": line.value} if {
	some jail in _jails
	some key, line in _sections[jail]
	key in _taken
}

settings contains {
	"at": sort([_sections[jail][key].at | some key in ["backend", "logpath"]; _sections[jail][key]]),
	"option": ["services", "fail2ban", "jails", jail, "settings", "backend"],
	"value": "systemd",
} if {
	some jail in _jails
	count({"backend", "logpath"} & object.keys(_sections[jail])) > 0
}

# Of the defaults the module has options of its own; each jail reads the journal without being told.
settings contains {"at": [_defaults.bantime.at], "option": ["services", "fail2ban", "bantime"], "value": _defaults.bantime.value} if {
	regex.match(`^-?[0-9]{1,10}[smhdwy]?$`, _defaults.bantime.value)
}

settings contains {"at": [_defaults.maxretry.at], "option": ["services", "fail2ban", "maxretry"], "value": to_number(_defaults.maxretry.value)} if {
	regex.match(`^[1-9][0-9]{0,4}$`, _defaults.maxretry.value)
}

settings contains {"at": [_defaults.ignoreip.at], "option": ["services", "fail2ban", "ignoreIP"], "value": addresses} if {
	addresses := [a | some a in regex.split(`[,\s]+`, trim_space(_defaults.ignoreip.value)); a != ""]
	every a in addresses {
		guard.server(split(a, "/")[0])
	}
}

settings contains {"at": [_defaults.findtime.at], "option": ["services", "fail2ban", "jails", "DEFAULT", "settings", "findtime"], "value": _defaults.findtime.value} if {
	regex.match(`^[0-9]{1,10}[smhdwy]?$`, _defaults.findtime.value)
}

settings contains {"at": [line.at], "option": ["services", "fail2ban", "jails", jail, "filter", "Definition", name], "value": line.value} if {
	some jail in _jails
	some suffix in ["conf", "local"]
	some line in configfiles.below(sprintf("/etc/fail2ban/filter.d/%s.%s", [jail, suffix]))
	startswith(line.key, "Definition.")
	name := substring(line.key, count("Definition."), -1)
	name in {"failregex", "ignoreregex", "journalmatch", "prefregex", "datepattern", "maxlines"}
	guard.line(line.value)
}
