package lib.cloudlogin_test

import data.lib.cloudlogin

_secret(key, source) := {"key": key, "secret": {"secret": true}, "source": source}

_host(config) := {
	"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_a_copy_of_the_file if {
	cloudlogin.list[100] == {"at": ["/guests/0/config/0", "/guests/0/config/1"], "path": "/etc/pve/nodes/a/qemu-server/100.conf", "to": "/var/lib/pve2nix/etc/pve/nodes/a/qemu-server/100.conf"} with input as _host([
		_secret("cipassword", "/etc/pve/nodes/a/qemu-server/100.conf:3"),
		_secret("sshkeys", "/etc/pve/nodes/a/qemu-server/100.conf:9"),
	])
}

test_silent_on_another_file if {
	not cloudlogin.list[100] with input as _host([_secret("cipassword", "/etc/pve/nodes/a/qemu-server/101.conf:3")])
	not cloudlogin.list[100] with input as _host([_secret("cipassword", "/etc/pve/nodes/a b/qemu-server/100.conf:3")])
}

_custom(fields) := {"key": "cicustom", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}

test_files_of_snippets if {
	cloudlogin.files[100] == {"vendor-data": "/var/lib/vz/snippets/a.yaml"} with input as _host([_custom({"vendor": "local:snippets/a.yaml", "meta": "local:snippets/m.yaml", "user": "gone:snippets/u.yaml"})])
}

test_a_kind_that_is_said_twice if {
	host := _host([{"key": "cicustom", "value": "x", "fields": [{"name": "user", "value": "local:snippets/b.yaml"}, {"name": "user", "value": "local:snippets/a.yaml"}]}])
	cloudlogin.files[100] == {"user-data": "/var/lib/vz/snippets/a.yaml"} with input as host
}

test_silent_on_names_for_a_shell if {
	not cloudlogin.files[100] with input as _host([_custom({"user": "local:snippets/a$(reboot).yaml"})])
}
