# METADATA
# scope: package
# title: The Munin node
# description: |
#  Where there is no companion, which has all its plugins: the node answers the servers that it answered, under its name. Which plugins it has NixOS
#  finds out itself, as munin-node-configure did at the installation; links to plugins that somebody
#  made by hand are not among them.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.munin-node
#   - https://guide.munin-monitoring.org/en/latest/reference/munin-node.conf.html
package rules.services.munin_node

import data.lib.companion
import data.lib.facts
import data.lib.lines

_unit := facts.units["munin-node.service"].at if {
	"munin-node.service" in facts.in_use
	not companion.exists
}

_file := "/etc/munin/munin-node.conf"

# The module says the others itself; port and address it does not take twice.
_said := [[i, sprintf("%s %s\n", [p.key, trim_space(p.value)])] |
	some i, p in lines.files[_file].properties
	p.key in {"allow", "cidr_allow", "cidr_deny", "deny", "host_name", "timeout", "global_timeout", "tls", "tls_verify_certificate"}
	regex.match(`^[A-Za-z0-9 ^$.:/\\()|\[\]*+?_-]{1,200}$`, p.value)
]

_usual := {"port": {"4949"}, "host": {"*"}, "log_level": {"0", "1", "2", "3", "4"}}

_ready if {
	_unit
	count(_said) > 0
	every p in lines.files[_file].properties {
		_heard(p)
	}
}

_heard(p) if not p.key in {"host", "port", "tls", "tls_verify_certificate"}

_heard(p) if p.value in _usual[p.key]

_heard(p) if {
	p.key == "tls"
	p.value == "disabled"
}

settings contains {"at": [_unit], "option": ["services", "munin-node", "enable"], "value": true} if _ready

settings contains {"at": sort([lines.at(_file, i) | some i, p in lines.files[_file].properties; _counts(i, p)]), "option": ["services", "munin-node", "extraConfig"], "value": concat("", [text | some [_, text] in _said])} if _ready

# A value that the module has by itself needs no line.
_counts(i, _) if {
	some [j, _] in _said
	i == j
}

_counts(_, p) if p.value in _usual[p.key]
