package rules.guests.shares_on_root_test

import data.rules.guests.shares_on_root

_host(path, status) := {
	"capture": {"areas": [{"name": "storage.mounts", "status": status}]},
	"host": {"name": "pve1"},
	"storage": {"mounts": [{"target": "/", "source": "/dev/mapper/pve-root"}, {"target": "/tank", "source": "tank"}], "fstab": []},
	"mappings": [{"type": "directory", "id": "media", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve1"}, {"name": "path", "value": path}]}]}],
	"guests": [{"vmid": 122, "type": "qemu", "local": true, "config": [{"key": "virtiofs0", "value": "media", "fields": [{"name": "dirid", "value": "media"}]}]}],
}

test_fires_on_the_root if {
	shares_on_root.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "122", "paths": "/srv/media"}}} with input as _host("/srv/media", "known")
}

test_silent_on_a_file_system_of_its_own if {
	count(shares_on_root.findings) == 0 with input as _host("/tank/media", "known")
}

test_silent_when_mounts_are_unknown if {
	count(shares_on_root.findings) == 0 with input as _host("/srv/media", "unknown")
}
