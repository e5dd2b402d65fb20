# METADATA
# scope: package
# title: Tests and limits of smartd
# description: |
#  Devices, schedules of self-tests and limits of smartd.conf are kept. Who is told,
#  and by which program, is a matter of the module on NixOS, which mails root.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.smartd
#   - https://manpages.debian.org/stable/smartmontools/smartd.conf.5.en.html
package rules.hardware.smart

import data.lib.configfiles
import data.lib.facts
import data.lib.guard

_used if {
	some name in ["smartd.service", "smartmontools.service"]
	name in facts.in_use
}

_lines := [{"key": line.key, "at": line.at, "options": _options(line.value)} |
	_used
	some line in configfiles.below("/etc/smartd.conf")
	line.path == "/etc/smartd.conf"
	regex.match(`^[A-Za-z0-9_./,():@|*+?=\[\]^\\ \t-]*$`, line.value)
]

# Without the words that say who is told, and how often.
_options(text) := trim_space(regex.replace(
	regex.replace(
		sprintf(" %s ", [text]),
		`\s-M\s+(exec\s+\S+|[a-z]+)`, " ",
	),
	`\s-m\s+\S+`, " ",
))

_defaults := [l | some l in _lines; l.key == "DEFAULT"]

default _common := "-a"

_common := line.options if {
	line := _defaults[count(_defaults) - 1]
	line.options != ""
}

_scans := [l | some l in _lines; l.key == "DEVICESCAN"]

_devices := [l | some l in _lines; guard.device(l.key)]

settings contains {"at": [l.at | some l in _defaults], "option": ["services", "smartd", "defaults", "monitored"], "value": _common} if {
	count(_defaults) > 0
}

settings contains {"at": [l.at | some l in _scans], "option": ["services", "smartd", "defaults", "autodetected"], "value": trim_space(concat(" ", _scanned))} if {
	count(_scans) > 0
}

# DEFAULT holds for the scan as well; where both are empty smartd watches all.
_scanned := array.concat(
	[_common | count(_defaults) > 0],
	[words | words := _scans[0].options; words != ""],
) if {
	count(_defaults) + count([1 | _scans[0].options != ""]) > 0
} else := ["-a"]

settings contains {"at": [l.at | some l in _devices], "option": ["services", "smartd", "autodetect"], "value": count(_scans) > 0} if {
	count(_devices) > 0
}

settings contains {"at": [l.at], "option": ["services", "smartd", "devices"], "value": [object.union({"device": l.key}, _own(l))]} if {
	some l in _devices
}

_own(l) := {"options": l.options} if l.options != ""

_own(l) := {} if l.options == ""

# How often it looks.
settings contains {"at": [line.at], "option": ["services", "smartd", "extraOptions"], "value": words} if {
	_used
	[line] := configfiles.lines("/etc/default/smartmontools", "smartd_opts")
	words := [word | some word in regex.split(`[ \t]+`, trim(line.value, `"' `)); word != ""]
	count(words) > 0
	every word in words {
		regex.match(`^(--interval=|-i)[1-9][0-9]{1,5}$`, word)
	}
}
