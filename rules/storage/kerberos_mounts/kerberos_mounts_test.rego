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

_member(type, path) := {
	"host": {"name": "a"},
	"local_files": [{"path": path, "state": "local"}],
	"config_files": [{"path": "/etc/krb5.conf", "properties": [{"key": "libdefaults.default_realm", "value": "EXAMPLE.ORG"}]}],
	"storage": {
		"fstab": [{"spec": "nas:/x", "file": "/mnt/x", "type": type, "options": ["sec=krb5p"]}],
		"storages": [{"type": "nfs", "id": "nas", "properties": [{"key": "options", "value": "sec=krb5"}]}],
	},
}

test_nfs_with_a_keytab_is_kept if {
	host := _member("nfs4", "/etc/krb5.keytab")
	kerberos_mounts.bridges == {{"at": ["/storage/fstab/0", "/storage/storages/0"], "bridge": "storage", "params": {"unit": "rpc-gssd.service"}}} with input as host
	{c.to | some c in kerberos_mounts.carries} == {"/etc/krb5.keytab", "/var/lib/pve2nix/etc/krb5.conf"} with input as host
	{s.value | some s in kerberos_mounts.settings; s.option[1] == "krb5"} == {true, ["/var/lib/pve2nix/etc/krb5.conf"]} with input as host
	count(kerberos_mounts.checks) == 1 with input as host
}

test_cifs_is_not if {
	kerberos_mounts.bridges == {{"at": ["/storage/storages/0"], "bridge": "storage", "params": {"unit": "rpc-gssd.service"}}} with input as _member("cifs", "/etc/krb5.keytab")
}

test_nothing_without_a_keytab if {
	count(((kerberos_mounts.bridges | kerberos_mounts.settings) | kerberos_mounts.carries)) == 0 with input as _member("nfs4", "/etc/other")
}
