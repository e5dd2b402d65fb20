package rules.incus.untagged_cards_test

import data.rules.incus.untagged_cards

_host(bridge, fields) := {
	"network": {"interfaces": [object.union({"name": "vmbr0", "kind": "bridge", "ports": [], "slaves": [], "options": [], "vids": []}, bridge)], "links": []},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}]}],
}

test_a_card_that_has_all_vlans if {
	every vids in [[], ["2-4094"]] {
		untagged_cards.findings == {{"at": ["/guests/0/config/0"], "vars": {"cards": 1, "bridges": "vmbr0"}}} with input as _host({"vlan_aware": true, "vids": vids}, {"bridge": "vmbr0"})
	}
}

test_silent_where_the_vlans_are_said_or_filtered_by_nobody if {
	count(untagged_cards.findings) == 0 with input as _host({"vlan_aware": true, "vids": ["10", "20"]}, {"bridge": "vmbr0"})
	count(untagged_cards.findings) == 0 with input as _host({"vlan_aware": true, "vids": ["2-4094"]}, {"bridge": "vmbr0", "tag": "10"})
	count(untagged_cards.findings) == 0 with input as _host({"vlan_aware": true, "vids": ["2-4094"]}, {"bridge": "vmbr0", "trunks": "10;20"})
	count(untagged_cards.findings) == 0 with input as _host({"vlan_aware": true, "vids": ["2-4094"]}, {"bridge": "vmbr0", "link_down": "1"})
	count(untagged_cards.findings) == 0 with input as _host({}, {"bridge": "vmbr0"})
}
