package rules.incus.cloud_init_test

import data.rules.incus.cloud_init

_property(key, value) := {"key": key, "value": value, "fields": [{"name": name, "value": text} | some part in split(value, ","); [name, text] := split(part, "=")]}

_host(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [_property(key, value) | some key, value in config]}]}

_config(host) := {p.path[1]: p.value | some p in set} if set := cloud_init.parts with input as host

test_user_data_without_secrets if {
	text := _config(_host({"name": "web", "ciuser": "mira: x", "ciupgrade": "0"}))["cloud-init.user-data"]
	startswith(text, "#cloud-config\n")
	yaml.unmarshal(text) == {"hostname": "web", "manage_etc_hosts": true, "users": ["default"], "user": "mira: x", "package_upgrade": false}
	yaml.unmarshal(_config(_host({"ciupgrade": "1"}))["cloud-init.user-data"]).package_upgrade
	yaml.unmarshal(_config(_host({"citype": "nocloud", "ciuser": "a\nb"}))["cloud-init.user-data"]) == {"hostname": "vm100", "manage_etc_hosts": true, "users": ["default"]}
}

test_addresses_of_each_card if {
	text := _config(_host({
		"net0": "bridge=vmbr0,macaddr=BC:24:11:10:00:64",
		"net1": "bridge=vmbr1,macaddr=BC:24:11:10:01:64",
		"net2": "bridge=vmbr1",
		"ipconfig0": "ip=192.0.2.5/24,gw=192.0.2.1,ip6=auto",
		"ipconfig1": "ip=dhcp,ip6=2001:db8::5/64,gw6=x",
		"ipconfig2": "ip=a/24,ip6=manual",
		"nameserver": "192.0.2.53 x;y",
		"searchdomain": "example.net",
	}))["cloud-init.network-config"]
	yaml.unmarshal(text) == {"version": 1, "config": [
		{"type": "physical", "name": "eth0", "mac_address": "bc:24:11:10:00:64", "subnets": [{"type": "static", "address": "192.0.2.5/24", "gateway": "192.0.2.1"}, {"type": "ipv6_slaac"}]},
		{"type": "physical", "name": "eth1", "mac_address": "bc:24:11:10:01:64", "subnets": [{"type": "dhcp4"}, {"type": "static6", "address": "2001:db8::5/64"}]},
		{"type": "physical", "name": "eth2", "mac_address": "", "subnets": []},
		{"type": "nameserver", "address": ["192.0.2.53", "x", "y"], "search": ["example.net"]},
	]}
	yaml.unmarshal(_config(_host({"ipconfig0": "ip=dhcp"}))["cloud-init.network-config"]).config == []
}

test_a_drive_of_cloud_init if {
	host := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "local:vm-100-cloudinit"}]}]}]}
	cloud_init.findings == {{"at": ["/guests/0"], "vars": {"vmids": "100"}}} with input as host
	_config(host) == {}
}

test_silent_without_a_drive if {
	count(cloud_init.findings) == 0 with input as _host({"ciuser": "a"})
}
