# METADATA
# scope: package
# title: Linux software RAID
# description: |
#  Arrays are assembled on NixOS where boot.swraid is on. An array that only
#  mdadm.conf names counts too: without a running host nobody knows the devices.
#  The monitor tells whom it told, by the program that it called.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.swraid.enable
package rules.storage.md_arrays

import data.lib.facts
import data.lib.mdadm

_arrays := [sprintf("/storage/md_arrays/%d", [i]) | some i, _ in input.storage.md_arrays]

_used if count(_arrays) > 0

# The catalog switches it on for the package alone; the monitor does not start where nobody is told.
_used if facts.packages.mdadm

_package := [facts.packages.mdadm.at | facts.packages.mdadm]

settings contains {"at": array.concat(_arrays, _package), "option": ["boot", "swraid", part], "value": value} if {
	_used
	some part, value in {"enable": true, "mdadmConf": mdadm.text}
}

settings contains {"at": mdadm.at, "option": ["boot", "swraid", "mdadmConf"], "value": mdadm.text} if {
	_used
	count(mdadm.at) > 0
}

carries contains {"at": [mdadm.program.at], "path": mdadm.program.path, "to": mdadm.program.path, "mode": "0755", "secret": true} if _used
