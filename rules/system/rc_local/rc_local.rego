# METADATA
# scope: package
# title: The script that runs at the end of the boot
# description: |
#  /etc/rc.local is carried and run as Debian does, where it may be executed. Programs that it
#  calls are those of NixOS, by name and by their paths on Debian.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-rc-local-generator.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.system.rc_local

import data.lib.carriedscripts
import data.lib.facts

_file := "/etc/rc.local"

_at := array.concat([sprintf("/local_files/%d", [i]) | some i in _script], [facts.units["rc-local.service"].at])

_script contains i if {
	facts.units["rc-local.service"]
	some i, f in input.local_files
	f.path == _file
	f.kind == "script"
	not object.get(f, "state", "") == "missing"
}

bridges contains {"at": _at, "bridge": "service", "params": {"unit": "rc-local.service"}} if count(_script) > 0

settings contains {"at": _at, "option": ["systemd", "services", "rc-local", key], "value": value} if {
	count(_script) > 0
	some key, value in object.union(carriedscripts.unit, {
		"description": "Script at the end of the boot",
		"unitConfig": {"ConditionFileIsExecutable": _file},
		"serviceConfig": {
			"Type": "forking",
			"ExecStart": sprintf("%s start", [_file]),
			"GuessMainPID": false,
			"RemainAfterExit": true,
			"TimeoutSec": "infinity",
		},
	})
}

settings contains {"at": _at, "option": option, "value": value} if {
	count(_script) > 0
	some [option, value] in carriedscripts.paths
}

# The mode that it has says whether it is to run.
carries contains {"at": [sprintf("/local_files/%d", [i])], "path": _file, "to": _file, "mode": "0000", "secret": true} if some i in _script
