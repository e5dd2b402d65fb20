package rules.storage.kerberos_mounts_test

import data.rules.storage.kerberos_mounts

_host(security) := {"host": {"name": "a"}, "storage": {
	"fstab": [{"spec": "nas:/x", "file": "/mnt/x", "options": ["vers=4.2", security]}],
	"storages": [{"type": "nfs", "id": "nas", "properties": [{"key": "options", "value": concat(",", ["hard", security])}]}],
}}

test_fires_on_both_kinds if {
	kerberos_mounts.findings == {{"at": ["/storage/fstab/0", "/storage/storages/0"], "vars": {"places": "/mnt/x, nas"}}} with input as _host("sec=krb5p")
}

test_silent_on_plain_mounts if {
	count(kerberos_mounts.findings) == 0 with input as _host("sec=sys")
}
