package rules.network.mac_learning_test

import data.lib.guestfilters_test
import data.lib.network_test
import data.rules.network.mac_learning

_host(value) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["bridge-stp", "off"], ["bridge-disable-mac-learning", value]], {})]})

test_fires_where_learning_is_off if {
	mac_learning.findings == {{"at": ["/network/interfaces/0/options/1"], "vars": {"bridges": "vmbr0"}}} with input as _host("1")
}

test_silent_where_the_line_says_no if {
	count(mac_learning.findings) == 0 with input as _host("0")
}

_with_guest(fields) := object.union(_host("1"), {"guests": [{
	"vmid": 100, "type": "qemu", "node": "pve1", "local": true,
	"config": [{"key": "net0", "value": "x", "fields": [{"name": n, "value": v} | some n, v in fields]}],
}]})

_card := {"bridge": "vmbr0", "macaddr": "BC:24:11:00:00:01"}

_scripts := {s.option[2]: s.value | some s in mac_learning.settings; s.option[3] == "script"}

test_a_card_has_its_address_fixed if {
	scripts := _scripts with input as _with_guest(_card) with data.target as "proxmox"
	object.keys(scripts) == {"fixed-address-tap100i0"}
	contains(scripts["fixed-address-tap100i0"], `port=tap100i0

bridge link set dev "$port" learning off flood off
bridge fdb replace bc:24:11:00:00:01 dev "$port" master static`)
	{b.params.closes[0] | some b in mac_learning.bridges} == {"PVE-NET-039"} with input as _with_guest(_card) with data.target as "proxmox"
}

test_behind_the_firewall_of_pve_the_port_may_be_another if {
	scripts := _scripts with input as _with_guest(object.union(_card, {"firewall": "1"})) with data.target as "proxmox"
	contains(scripts["fixed-address-tap100i0"], "if [ -e /sys/class/net/fwpr100p0/brport ]; then port=fwpr100p0; fi")
}

test_one_card_without_a_known_address_keeps_back_all if {
	count(mac_learning.settings) + count(mac_learning.bridges) == 0 with input as _with_guest({"bridge": "vmbr0", "macaddr": "$(reboot)"})
		with data.target as "proxmox"
}

test_cards_on_other_bridges_are_let_be if {
	count(mac_learning.settings) == 0 with input as _with_guest(object.union(_card, {"bridge": "vmbr1"})) with data.target as "proxmox"
}

_on(target_guests) := object.union(guestfilters_test.host({}, []), {
	"guests": target_guests,
	"network": {"interfaces": [network_test.interface("vmbr0", "bridge", [["bridge-disable-mac-learning", "1"]], {})]},
})

_one := [guestfilters_test.guest(100, "qemu", {"net0": guestfilters_test.card("macaddr", "BC:24:11:00:00:64", {"bridge": "vmbr0"})})]

test_the_card_has_the_name_of_pve_elsewhere if {
	{p.value | some p in mac_learning.parts} == {{"target": {"dev": "tap100i0"}}} with input as _on(_one) with data.target as "libvirt"
	{p.value.host_name | some p in mac_learning.parts} == {"tap100i0"} with input as _on(_one) with data.target as "incus"
	count(mac_learning.parts) == 0 with input as _on(_one) with data.target as "proxmox"
}
