package rules.network.kernel_names_test

import data.lib.network_test
import data.rules.network.kernel_names

_rule(address, name) := {"key": "SUBSYSTEM", "value": sprintf(`SUBSYSTEM=="net", ATTR{address}=="%s", NAME="%s"`, [address, name]), "fields": []}

_pinned(rules, pci) := object.union(
	network_test.files_only({"interfaces": [
		network_test.interface("eth0", "physical", [], {}),
		network_test.interface("eth1", "physical", [], {}),
	]}),
	{
		"config_files": [{"path": "/etc/udev/rules.d/70-persistent-net.rules", "format": "lines", "properties": rules}],
		"hardware": {"pci": pci},
	},
)

_both := [_rule("52:54:00:00:00:02", "eth0"), _rule("52:54:00:00:00:04", "eth1")]

test_fires_for_two_cards_of_the_kernels_names if {
	kernel_names.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/1"], "vars": {"cards": "eth0, eth1"}}} with input as _pinned(_both, [])
}

test_fires_for_one_beside_another_card if {
	kernel_names.findings == {{"at": ["/network/interfaces/0"], "vars": {"cards": "eth0"}}} with input as _pinned([_both[0]], [{"class": "020000"}, {"class": "020000"}])
}

_live(cards) := network_test.host({
	"interfaces": [network_test.interface("eth0", "physical", [], {})],
	"links": [network_test.card(name, mac, {"path": path}) | some [name, mac, path] in cards],
})

_two := [["eth0", "52:54:00:00:00:02", "pci-0000:01:00.0"], ["enp2s0", "52:54:00:00:00:04", "pci-0000:02:00.0"]]

test_fires_on_a_running_host_with_two_cards if {
	count(kernel_names.findings) == 1 with input as _live(_two)
}

test_silent_with_one_card if {
	count(kernel_names.findings) == 0 with input as object.union(_live([_two[0]]), {"hardware": {"pci": [{"class": "020000"}]}})
}

test_fires_for_a_port_without_a_stanza if {
	kernel_names.findings == {{"at": ["/network/interfaces/0"], "vars": {"cards": "eth0, eth1"}}} with input as object.union(_pinned(_both, []), {"network": {"interfaces": [network_test.interface("vmbr0", "bridge", [], {"ports": ["eth0", "eth1"]})]}})
}

test_silent_for_names_of_the_place if {
	count(kernel_names.findings) == 0 with input as object.union(_live(_two), {"network": {"interfaces": [network_test.interface("enp2s0", "physical", [], {})]}})
}
