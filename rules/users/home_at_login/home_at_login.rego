# METADATA
# scope: package
# title: Home directories at the first login
# description: |
#  People of a directory get their home directory from pam_mkhomedir at their first login, as
#  here, with the mode that the rule of PAM gives it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=security.pam.services._name_.makeHomeDir
#   - https://manpages.debian.org/stable/libpam-modules/pam_mkhomedir.8.en.html
package rules.users.home_at_login

import data.lib.configfiles

_rules[i] contains {"at": sprintf("/config_files/%d/properties/%d", [i, j]), "arguments": object.get(p, "value", "")} if {
	some i, f in input.config_files
	_services[f.path]
	some j, p in f.properties
	regex.match(`^-?session \S*pam_(oddjob_)?mkhomedir\.so$`, p.key)
}

# common-session is read by all of them.
_services := {
	"/etc/pam.d/common-session": ["login", "sshd"],
	"/etc/pam.d/login": ["login"],
	"/etc/pam.d/sshd": ["sshd"],
}

settings contains {"at": sort([rule.at | some rule in rules]), "option": ["security", "pam", "services", service, "makeHomeDir"], "value": true} if {
	count(configfiles.directories) > 0
	some i, rules in _rules
	some service in _services[input.config_files[i].path]
}

_masks contains [rule.at, mask] if {
	some rules in _rules
	some rule in rules
	some [_, mask] in regex.find_all_string_submatch_n(`(?:^| )umask=(0?[0-7]{3})(?: |$)`, rule.arguments, 1)
}

settings contains {"at": sort([at | some [at, _] in _masks]), "option": ["security", "pam", "makeHomeDir", "umask"], "value": mask} if {
	count(configfiles.directories) > 0
	masks := {m | some [_, m] in _masks}
	count(masks) == 1
	some mask in masks
}
