package rules.containers.host_managed_test

import data.rules.containers.host_managed

_host(card) := {
	"storage": {"storages": [{"id": "thin", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]}]},
	"network": {"interfaces": [{"name": "vmbr0", "kind": "bridge", "ports": [], "slaves": [], "options": []}], "links": []},
	"guests": [{"vmid": 204, "type": "lxc", "local": true, "config": [
		{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "thin:vm-204-disk-0"}]},
		{"key": "net0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in card]},
	]}],
}

_card := {"name": "eth0", "bridge": "vmbr0", "host-managed": "1", "ip": "dhcp"}

_said(card) := {concat(".", s.option): s.value | some s in set} if set := host_managed.settings with input as _host(card)

test_a_client_runs_in_the_network_of_the_container if {
	said := _said(_card)
	said["systemd.services.lxc-204-net0.script"] == "lxc-wait -n 204 -s RUNNING -t 60\nexec nsenter --net=\"/proc/$(lxc-info -n 204 -pH)/ns/net\" busybox udhcpc -f -i eth0 -s /etc/lxc/udhcpc\n"
	said["systemd.services.lxc-204-net0.bindsTo"] == ["lxc-204.service"]
	said["environment.etc.lxc/udhcpc"].mode == "0755"
	host_managed.bridges == {{"at": ["/guests/0/config/1"], "bridge": "container", "params": {"vmid": 204, "card": "net0"}}} with input as _host(_card)
}

test_silent_otherwise if {
	every change in [{"host-managed": "0"}, {"ip": "192.0.2.4/24"}, {"link_down": "1"}, {"name": "a b"}, {"bridge": "gone"}] {
		_said(object.union(_card, change)) == {}
	}
}
