package rules.network.virtual_addresses_test

import data.rules.network.virtual_addresses

_host(state, key) := {
	"units": [{"name": "keepalived.service", "file_state": state}],
	"config_files": [{"path": "/etc/keepalived/keepalived.conf", "format": "blocks", "properties": [{"key": key, "value": "dev vmbr0", "fields": []}]}],
}

test_fires_for_an_address_that_moves if {
	virtual_addresses.findings == {{"at": ["/config_files/0/properties/0", "/units/0"], "vars": {"addresses": "192.0.2.5/24"}}} with input as _host("enabled", "vrrp_instance A.virtual_ipaddress.192.0.2.5/24")
}

test_silent_where_it_is_off if {
	count(virtual_addresses.findings) == 0 with input as _host("disabled", "vrrp_instance A.virtual_ipaddress.192.0.2.5/24")
}

test_silent_without_an_address if {
	count(virtual_addresses.findings) == 0 with input as _host("enabled", "vrrp_instance A.interface")
}

_address := "vrrp_instance A.virtual_ipaddress.192.0.2.5/24"

test_the_same_program_reads_the_same_file if {
	facts := _host("enabled", _address)
	{s.value | some s in virtual_addresses.settings; s.option == ["systemd", "services", "keepalived", "serviceConfig", "ExecStart"]} == {{"_concat": [{"_ref": ["pkgs", "keepalived"]}, "/bin/keepalived --dont-fork --log-console --use-file=/var/lib/pve2nix/etc/keepalived/keepalived.conf"]}} with input as facts
	{c.to | some c in virtual_addresses.carries} == {"/var/lib/pve2nix/etc/keepalived/keepalived.conf"} with input as facts
	{b.at | some b in virtual_addresses.bridges} == {["/config_files/0", "/config_files/0/properties/0", "/units/0"], ["/units/0"]} with input as facts
	count(virtual_addresses.checks) == 1 with input as facts
}

_more(key, value) := object.union(_host("enabled", _address), {"config_files": [{"path": "/etc/keepalived/keepalived.conf", "properties": [
	{"key": _address, "value": "", "fields": []},
	{"key": key, "value": value, "fields": []},
]}]})

test_a_file_with_scripts_is_not_run if {
	every line in [["vrrp_script chk.script", "/usr/bin/killall -0 haproxy"], ["vrrp_instance A.notify", "x"], ["include", "/etc/keepalived/conf.d/*"], ["vrrp_instance A.track_process.x", ""]] {
		count(virtual_addresses.bridges) == 0 with input as _more(line[0], line[1])
	}
	count(virtual_addresses.bridges) == 2 with input as _more("vrrp_instance A.priority", "150")
}
