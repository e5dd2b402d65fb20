package rules.api.proxmox_ve_test

import data.rules.api.proxmox_ve

_host(hosts, firewall) := {
	"host": {"name": "pve1"},
	"packages": [{"name": "pve-manager", "status": "installed", "version": "8.4.14"}],
	"network": {"hosts": hosts, "firewall": firewall, "interfaces": [{"name": "vmbr0", "gateway": "192.0.2.1", "addresses": [{"cidr": "192.0.2.9/24", "family": "inet"}]}], "links": [], "routes": []},
	"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": []}]},
}

_named := [
	{"address": "127.0.1.1", "names": ["pve1"]},
	{"address": "192.0.2.10", "names": ["pve1.example.net", "pve1"]},
]

_options(host) := options if {
	set := proxmox_ve.settings with input as host
	options := {concat(".", s.option): s.value | some s in set}
}

test_the_node_answers_at_the_address_of_its_name if {
	_options(_host(_named, [])) == {
		"services.proxmox-ve.enable": true,
		"services.proxmox-ve.ipAddress": "192.0.2.10",
		"services.proxmox-ve.openFirewall": true,
	}
}

test_the_interface_with_the_gateway_stands_in_for_a_name_without_address if {
	_options(_host([{"address": "127.0.1.1", "names": ["pve1"]}], []))["services.proxmox-ve.ipAddress"] == "192.0.2.9"
}

test_the_link_of_corosync_comes_before_the_gateway if {
	host := json.patch(_host([], []), [{"op": "replace", "path": "/cluster/nodes/0/addresses", "value": ["10.0.0.1"]}])
	_options(host)["services.proxmox-ve.ipAddress"] == "10.0.0.1"
}

test_ports_stay_shut_where_the_firewall_was_on if {
	firewall := [{"scope": "cluster", "options": [{"key": "enable", "value": "1"}]}]
	_options(_host(_named, firewall))["services.proxmox-ve.openFirewall"] == false
}

test_silent_where_pve_is_not_installed if {
	host := json.patch(_host(_named, []), [{"op": "replace", "path": "/packages/0/status", "value": "config-files"}])
	_options(host) == {}
}
