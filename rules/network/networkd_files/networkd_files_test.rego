package rules.network.networkd_files_test

import data.lib.network_test
import data.rules.network.networkd_files

_host(state, path, lines) := object.union(
	network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {})]}),
	{
		"units": [{"name": "systemd-networkd.service", "file_state": state}],
		"config_files": [{"path": path, "properties": [{"key": l[0], "value": l[1], "fields": []} | some l in lines]}],
	},
)

_path := "/etc/systemd/network/20-eth0.network"

_lines := [["Match.Name", "eth0"], ["Network.DHCP", "yes"]]

test_the_files_go_where_it_reads_them if {
	facts := _host("enabled", _path, _lines)
	networkd_files.carries == {{"at": ["/config_files/0", "/config_files/0/properties/0", "/config_files/0/properties/1", "/units/0"], "path": _path, "to": "/usr/local/lib/systemd/network/20-eth0.network", "mode": "0644", "secret": true}} with input as facts
	{s.option[1] | some s in networkd_files.settings} == {"useNetworkd", "useDHCP", "network"} with input as facts
	count(networkd_files.bridges) == 1 with input as facts
}

test_silent_where_it_is_off if {
	count(networkd_files.bridges) == 0 with input as _host("disabled", _path, _lines)
}

test_all_files_or_none if {
	every facts in [
		_host("enabled", _path, [["Match.Name", "vmbr0"]]),
		_host("enabled", _path, [["Match.Name", "en*"]]),
		_host("enabled", "/etc/systemd/network/20-eth0.network.d/a.conf", _lines),
		_host("enabled", "/etc/systemd/network/30-wg0.netdev", [["NetDev.Name", "wg0"], ["WireGuard.PrivateKeyFile", "/root/key"]]),
		_host("enabled", "/etc/systemd/network/10-eth0.link", _lines),
	] {
		count(networkd_files.bridges) == 0 with input as facts
	}
}
