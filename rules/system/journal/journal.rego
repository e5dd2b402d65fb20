# METADATA
# scope: package
# title: Settings of the journal
# description: |
#  Lines of journald.conf and its drop-ins are kept as they are, in their order, so
#  that the last one holds as before.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.journald.extraConfig
#   - https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html
package rules.system.journal

import data.lib.configfiles

_lines := [{"text": sprintf("%s=%s\n", [name, line.value]), "at": line.at} |
	some line in configfiles.below("/etc/systemd/journald.conf")
	regex.match(`^/etc/systemd/journald\.conf(\.d/[^/]+\.conf)?$`, line.path)
	startswith(line.key, "Journal.")
	name := substring(line.key, count("Journal."), -1)
	regex.match(`^[A-Z][A-Za-z]+$`, name)
	regex.match(`^[A-Za-z0-9_./:%+-]*$`, line.value)
]

settings contains {"at": [l.at | some l in _lines], "option": ["services", "journald", "extraConfig"], "value": concat("", [l.text | some l in _lines])} if {
	count(_lines) > 0
}
