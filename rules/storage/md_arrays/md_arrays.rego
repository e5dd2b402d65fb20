# METADATA
# scope: package
# title: Linux software RAID
# description: |
#  Arrays are assembled on NixOS where boot.swraid is on. An array that only
#  mdadm.conf names counts too: without a running host nobody knows the devices.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.swraid.enable
package rules.storage.md_arrays

settings contains {"at": _arrays, "option": ["boot", "swraid", part], "value": value} if {
	count(_arrays) > 0
	some part, value in {"enable": true, "mdadmConf": "MAILADDR root\n"}
}

_arrays := [sprintf("/storage/md_arrays/%d", [i]) | some i, _ in input.storage.md_arrays]
