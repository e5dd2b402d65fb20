# METADATA
# scope: package
# title: Logs of one's own are rotated
# description: |
#  Files in /etc/logrotate.d that no package brought become settings of logrotate: how often a log is
#  cut, how many are kept, and how. Commands before and after are left to a person, and so are
#  owners other than root.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.logrotate.settings
#   - https://manpages.debian.org/stable/logrotate/logrotate.8.en.html
package rules.system.log_rotation

import data.lib.configfiles
import data.lib.facts

_folder := "/etc/logrotate.d/"

# Debian's packages name the file as the package; these few are of others.
_of_packages := {"alternatives", "btmp", "pve", "wtmp"}

_own(path) if {
	name := trim_prefix(path, _folder)
	not name in _of_packages
	not facts.packages[name]
}

_often := {"hourly", "daily", "weekly", "monthly", "yearly"}

_flags := {
	"compress", "nocompress", "copytruncate", "dateext", "nodateext", "delaycompress", "nodelaycompress", "ifempty",
	"missingok", "notifempty", "nocreate", "sharedscripts",
}

_numbers := {"maxage", "minage", "rotate", "start"}

_sizes := {"maxsize", "minsize", "size"}

# log → option → {at, value}
_lines := [{"log": parts[0][1], "name": name, "value": value, "at": line.at, "path": line.path} |
	some line in configfiles.below(_folder)
	_own(line.path)
	is_string(line.value)
	parts := regex.find_all_string_submatch_n(`^(/[A-Za-z0-9_/.*-]{1,200})\.([a-z]+)$`, line.key, 1)
	count(parts) == 1
	not contains(parts[0][1], "..")
	[name, value] := _said(parts[0][2], trim_space(line.value))
]

_said(word, "") := ["frequency", word] if word in _often

_said(word, "") := [word, true] if word in _flags

_said(word, value) := [word, to_number(value)] if {
	word in _numbers
	regex.match(`^(0|[1-9][0-9]{0,5})$`, value)
}

_said(word, value) := [word, value] if {
	word in _sizes
	regex.match(`^[0-9]{1,9}[kMG]?$`, value)
}

_said("create", value) := ["create", value] if regex.match(`^0?[0-7]{3} root (root|adm)$`, value)

# What runs a command is not half taken over.
_logs[log] contains i if {
	some i, line in _lines
	log := line.log
	not _commanded[log]
}

_commanded contains parts[0][1] if {
	some line in configfiles.below(_folder)
	parts := regex.find_all_string_submatch_n(`^(/.*)\.(firstaction|lastaction|preremove|prerotate|postrotate|su)$`, line.key, 1)
	count(parts) == 1
}

_last[[log, name]] := _lines[max(found)] if {
	some log, all in _logs
	some i in all
	name := _lines[i].name
	found := {j | some j in all; _lines[j].name == name}
}

settings contains {"at": [line.at], "option": ["services", "logrotate", "settings", key[0], key[1]], "value": line.value} if some key, line in _last

# A log that nobody has written yet is no failure.
settings contains {"at": sort({_lines[i].at | some i in all}), "option": ["services", "logrotate", "settings", log, "missingok"], "value": true} if some log, all in _logs
