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

import data.lib.mdadm

settings contains {"at": _arrays, "option": ["boot", "swraid", part], "value": value} if {
	count(_arrays) > 0
	some part, value in {"enable": true, "mdadmConf": mdadm.text}
}

settings contains {"at": mdadm.at, "option": ["boot", "swraid", "mdadmConf"], "value": mdadm.text} if {
	count(_arrays) > 0
	count(mdadm.at) > 0
}

carries contains {"at": [mdadm.program.at], "path": mdadm.program.path, "to": mdadm.program.path, "mode": "0755", "secret": true} if {
	count(_arrays) > 0
}

_arrays := [sprintf("/storage/md_arrays/%d", [i]) | some i, _ in input.storage.md_arrays]
