package rules.incus.shares_test

import data.rules.incus.shares

_host(id, path) := {
	"host": {"name": "pve"},
	"mappings": [{"type": "directory", "id": "media", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve"}, {"name": "path", "value": path}]}]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "virtiofs0", "value": "x", "fields": [{"name": "dirid", "value": id}]}]}],
}

test_a_shared_directory if {
	shares.findings == {{"at": ["/guests/0/config/0"], "vars": {"shares": "100 virtiofs0"}}} with input as _host("media", "/tank/media")
	shares.parts == {{"at": ["/guests/0/config/0"], "document": ["instances", "100"], "path": ["devices", "media"], "value": {"type": "disk", "source": "/tank/media", "path": "/mnt/media"}}} with input as _host("media", "/tank/media")
}

test_hostile_paths_are_no_device if {
	count(shares.parts) == 0 with input as _host("media", "/tank/../etc")
	count(shares.parts) == 0 with input as _host("gone", "/tank/media")
}

test_silent_without_shares if {
	count(shares.findings) == 0 with input as object.union(_host("media", "/"), {"guests": []})
}
