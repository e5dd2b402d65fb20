# METADATA
# scope: package
# title: Arguments of the node exporter
# description: |
#  The exporter listens where it did and collects what it did. An argument of another
#  form leaves all of them to a person.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.prometheus.exporters.node
#   - https://github.com/prometheus/node_exporter
package rules.metrics.node_exporter

import data.lib.configfiles
import data.lib.facts

_unit := "prometheus-node-exporter.service"

_line := found[count(found) - 1] if {
	_unit in facts.in_use
	found := configfiles.lines("/etc/default/prometheus-node-exporter", "ARGS")
}

_words := [w | some w in regex.split(`\s+`, trim(_line.value, `"' `)); w != ""]

# All of them are understood, or none is taken.
_understood if {
	_line
	every w in _words {
		regex.match(`^--[a-z][a-z0-9.-]*(=[A-Za-z0-9_./:,|()^$?*+\[\]-]*)?$`, w)
	}
}

_address := regex.find_all_string_submatch_n(`^--web\.listen-address=(.*):([0-9]{1,5})$`, w, 1)[0] if {
	some w in _words
	startswith(w, "--web.listen-address=")
}

_options["listenAddress"] := _address[1] if _address[1] != ""

_options["port"] := to_number(_address[2])

_options["enabledCollectors"] := names if {
	names := [substring(w, count("--collector."), -1) | some w in _words; regex.match(`^--collector\.[a-z0-9_]+$`, w)]
	count(names) > 0
}

_options["disabledCollectors"] := names if {
	names := [substring(w, count("--no-collector."), -1) | some w in _words; regex.match(`^--no-collector\.[a-z0-9_]+$`, w)]
	count(names) > 0
}

_options["extraFlags"] := words if {
	words := [w |
		some w in _words
		not regex.match(`^--(no-)?collector\.[a-z0-9_]+$`, w)
		not startswith(w, "--web.listen-address=")
	]
	count(words) > 0
}

settings contains {"at": [_line.at], "option": ["services", "prometheus", "exporters", "node", name], "value": value} if {
	_understood
	some name, value in _options
}

settings contains {"at": [facts.units[_unit].at], "option": ["services", "prometheus", "exporters", "node", "enable"], "value": true} if {
	_understood
}
