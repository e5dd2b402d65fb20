# METADATA
# scope: package
# title: Rules of udev that need no program
# description: |
#  Rules of this host that only match, set attributes, owners or links become rules of
#  NixOS. Those that run a program name paths of Debian, and those that name a network
#  card come too late there: both stay with a finding.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.udev.extraRules
#   - https://www.freedesktop.org/software/systemd/man/latest/udev.html
package rules.hardware.udev_rules

import data.lib.configfiles

# What a rule may do here: no program, no import, no name of a network card.
_plain(text) if {
	regex.match(`^[\x20-\x7e]+$`, text)
	regex.match(`^[A-Z_]+(\{[^{}"]*\})?\s*(==|!=|=|\+=|-=|:=)\s*"[^"]*"(\s*,\s*[A-Z_]+(\{[^{}"]*\})?\s*(==|!=|=|\+=|-=|:=)\s*"[^"]*")*\s*,?\s*$`, text)
	not regex.match(`(^|[\s,])(RUN|PROGRAM|IMPORT|NAME|TEST|LABEL|GOTO|SECLABEL|OPTIONS)\b`, text)
}

_rules := [line |
	some line in configfiles.below("/etc/udev/rules.d/")
	endswith(line.path, ".rules")
	_plain(line.value)
]

# A file with a jump in it only makes sense as a whole.
_jumps contains line.path if {
	some line in configfiles.below("/etc/udev/rules.d/")
	regex.match(`(^|[\s,])(LABEL|GOTO)\b`, line.value)
}

_taken := [line | some line in _rules; not line.path in _jumps]

settings contains {"at": [l.at | some l in _taken], "option": ["services", "udev", "extraRules"], "value": concat("", [sprintf("%s\n", [l.value]) | some l in _taken])} if {
	count(_taken) > 0
}
