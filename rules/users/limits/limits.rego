# METADATA
# scope: package
# title: Limits of logins
# description: |
#  Lines of limits.conf and limits.d become limits of PAM. A line that is not of the
#  four words that pam_limits reads is left out.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=security.pam.loginLimits
#   - https://manpages.debian.org/stable/libpam-modules/limits.conf.5.en.html
package rules.users.limits

import data.lib.configfiles

_items := {
	"as", "core", "cpu", "data", "fsize", "locks", "maxlogins", "maxsyslogins", "memlock", "msgqueue", "nice", "nofile", "nproc",
	"priority", "rss", "rtprio", "sigpending", "stack",
}

settings contains {"at": [line.at], "option": ["security", "pam", "loginLimits"], "value": [limit]} if {
	some line in configfiles.below("/etc/security/limits")
	regex.match(`^/etc/security/limits(\.d/[^/]+)?\.conf$`, line.path)
	words := regex.split(`\s+`, trim_space(line.value))
	count(words) == 4
	regex.match(`^([@%]?[A-Za-z0-9_][A-Za-z0-9_.:-]*|\*)$`, words[0])
	words[1] in {"soft", "hard", "-"}
	words[2] in _items
	regex.match(`^(-?[0-9]{1,18}|unlimited|infinity)$`, words[3])
	limit := {"domain": words[0], "type": words[1], "item": words[2], "value": words[3]}
}
