package lib.gvt_test

import data.lib.gvt

_host(cards) := {
	"host": {"name": "pve1"},
	"mappings": [{"type": "pci", "id": "igpu", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve1"}, {"name": "path", "value": "0000:00:02.0"}]}]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": sprintf("hostpci%d", [i]), "value": "x", "fields": [{"name": k, "value": v} | some k, v in card]} | some i, card in cards]}],
}

_slices(cards) := {key: [s.type, s.address] | some key, s in found[100]} if found := gvt.slices with input as _host(cards)

test_slices_of_one_card if {
	_slices([{"host": "00:02.0", "mdev": "i915-GVTg_V5_4"}, {"mapping": "igpu", "mdev": "i915-GVTg_V5_8"}]) == {"hostpci0": ["i915-GVTg_V5_4", "0000:00:02.0"], "hostpci1": ["i915-GVTg_V5_8", "0000:00:02.0"]}
}

test_none_of_other_drivers_and_of_two_cards if {
	count(gvt.slices) == 0 with input as _host([{"host": "01:00.0", "mdev": "nvidia-46"}, {"host": "0000:00:02.0"}, {"host": "gone", "mdev": "i915-GVTg_V5_4"}])
	count(gvt.slices) == 0 with input as _host([{"host": "00:02.0", "mdev": "i915-GVTg_V5_4"}, {"host": "01:02.0", "mdev": "i915-GVTg_V5_4"}])
}
