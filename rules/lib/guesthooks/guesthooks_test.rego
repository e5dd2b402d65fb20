package lib.guesthooks_test

import data.lib.guesthooks

_guest(vmid, volume, more) := {"vmid": vmid, "type": "qemu", "local": true, "config": array.concat([{"key": "hookscript", "value": volume}], more)}

_host := {
	"host": {"name": "pve1"},
	"storage": {"storages": [
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
		{"id": "usb", "type": "dir", "properties": [{"key": "path", "value": "/mnt/usb"}, {"key": "is_mountpoint", "value": "1"}]},
		{"id": "nas", "type": "nfs", "properties": []},
	]},
	"guests": [
		_guest(100, "local:snippets/a.pl", []),
		_guest(101, "local:snippets/a.pl", []),
		_guest(102, "usb:snippets/a.pl", []),
		_guest(103, "nas:snippets/a.pl", []),
		_guest(104, "local:snippets/$(reboot).pl", []),
		_guest(105, "local:snippets/../../../etc/a.pl", []),
		_guest(106, "local:snippets/a.pl", [{"key": "template", "value": "1"}]),
		_guest(107, "gone:snippets/a.pl", []),
	],
}

test_places if {
	list := guesthooks.list with input as _host
	{vmid: [h.path, h.root] | some vmid, h in list} == {
		100: ["/var/lib/vz/snippets/a.pl", true],
		101: ["/var/lib/vz/snippets/a.pl", true],
		102: ["/mnt/usb/snippets/a.pl", false],
		103: ["/mnt/pve/nas/snippets/a.pl", false],
	}
}

test_files_that_come_along if {
	list := guesthooks.carries({100, 101, 102}) with input as _host
	list == [{"at": ["/guests/0/config/0", "/guests/1/config/0"], "path": "/var/lib/vz/snippets/a.pl", "to": "/var/lib/vz/snippets/a.pl", "mode": "0755", "secret": true}]
}

test_the_file_is_a_fact_too if {
	list := guesthooks.carries({100}) with input as object.union(_host, {"local_files": [{"path": "/etc/other"}, {"path": "/var/lib/vz/snippets/a.pl"}]})
	list[0].at == ["/guests/0/config/0", "/local_files/1"]
}

test_what_a_shell_is_told if {
	startswith(guesthooks.functions[0], "hook() {")
	"perl" in guesthooks.packages
}
