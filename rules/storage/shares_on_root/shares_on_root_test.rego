package rules.storage.shares_on_root_test

import data.rules.storage.shares_on_root

_host(status, mounts) := {
	"capture": {"areas": [{"name": "storage.mounts", "status": status}]},
	"units": [{"name": "nfs-server.service", "file_state": "enabled"}, {"name": "smbd.service", "file_state": "enabled"}],
	"config_files": [
		{"path": "/etc/exports", "properties": [{"key": "/srv/iso", "value": "/srv/iso *(ro)"}]},
		{"path": "/etc/samba/smb.conf", "properties": [{"key": "global.workgroup", "value": "HOME"}, {"key": "scans.path", "value": "/srv/scans"}, {"key": "print$.path", "value": "/var/lib/samba/printers"}]},
	],
	"storage": {"fstab": [{"file": "/"}], "mounts": array.concat([{"target": "/"}, {"target": "/srv-old"}], mounts)},
}

test_fires_on_nfs_and_samba if {
	shares_on_root.findings == {{"at": ["/config_files/0/properties/0", "/config_files/1/properties/1"], "vars": {"paths": "/srv/iso, /srv/scans"}}} with input as _host("known", [])
}

test_silent_below_a_mount if {
	count(shares_on_root.findings) == 0 with input as _host("known", [{"target": "/srv"}])
}

test_silent_when_mounts_are_unknown if {
	count(shares_on_root.findings) == 0 with input as _host("unknown", [])
}

test_silent_when_nothing_serves if {
	count(shares_on_root.findings) == 0 with input as json.patch(_host("known", []), [{"op": "replace", "path": "/units", "value": []}])
}
