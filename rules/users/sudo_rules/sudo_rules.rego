# METADATA
# scope: package
# title: Rules of sudo
# description: |
#  Who may run what with sudo, in the order of sudoers, since the last rule that fits
#  decides. Programs are named by their path on NixOS and are installed, members of aliases
#  stand in their place, and the group sudo is wheel. Defaults that NixOS's sudo reads the same way are
#  kept.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=security.sudo.extraRules
#   - https://www.sudo.ws/docs/man/sudoers.man/
package rules.users.sudo_rules

import data.lib.sudoers

_aliases := [line.at | some line in sudoers.all; line.kind == "alias"]

settings contains {
	"at": sort(array.concat([r.at | some r in sudoers.rules], _aliases)),
	"option": ["security", "sudo", "extraRules"],
	"value": [r.rule | some r in sudoers.rules],
} if {
	count(sudoers.rules) > 0
}

_programs[program.package] contains r.at if {
	some r in sudoers.rules
	some c in r.commands
	program := c.program
	program.package
}

settings contains {"at": sort(at), "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", name]}]} if {
	some name, at in _programs
}

# Settings: for all or for one user or group, each with a value of its kind.
_defaults := [line |
	some line in sudoers.all
	line.kind == "defaults"
	some [_, items] in regex.find_all_string_submatch_n(`^Defaults(?::%?[A-Za-z_][A-Za-z0-9_.-]*)?\s+(.+)$`, line.value, 1)
	parts := regex.find_n(_item, items, -1)
	regex.match(concat("", [`^`, _item, `(\s*,\s*`, _item, `)*$`]), items)
	every part in parts {
		_known(part)
	}
]

_item := `!*[a-z_]+(\s*[+-]?=\s*([A-Za-z0-9_.*%/-]+|"[A-Za-z0-9_.*%/ -]*"))?`

_known(part) if {
	regex.match(`^!*[a-z_]+$`, part)
	data.catalog.sudo_defaults[trim_left(part, "!")].flag
}

_known(part) if {
	some [_, name, sign, value] in regex.find_all_string_submatch_n(`^([a-z_]+)\s*([+-]?)=\s*(.+)$`, part, 1)
	regex.match(data.catalog.sudo_defaults[name].value, value)
	_signed(name, sign)
}

# Only lists are added to.
_signed(_, "")

_signed(name, sign) if {
	sign != ""
	startswith(name, "env_")
}

settings contains {
	"at": sort([line.at | some line in _defaults]),
	"option": ["security", "sudo", "extraConfig"],
	"value": concat("", [sprintf("%s\n", [line.value]) | some line in _defaults]),
} if {
	count(_defaults) > 0
}
