package rules.storage.network_storages_test

import data.rules.storage.network_storages

_property(key, value) := {"key": key, "value": value, "fields": []}

_host(type, properties) := {"host": {"name": "pve1"}, "storage": {"fstab": [{"spec": "x:/y", "file": "/mnt/pve/known"}], "storages": [{"type": type, "id": "nas", "properties": [_property(k, v) | some [k, v] in properties]}]}}

_nfs := [["path", "/mnt/pve/nas"], ["server", "192.0.2.9"], ["export", "/volume1/vm"], ["options", "vers=4.2,soft"]]

_cifs := [["path", "/mnt/pve/nas"], ["server", "fs1.example.net"], ["share", "backup$"], ["username", "svc-pve"], ["domain", "OFFICE"], ["smbversion", "3.11"], ["subdir", "/pve"]]

_options(host) := {s.option[2]: s.value | some s in settings} if {
	settings := network_storages.settings with input as host
}

test_a_share_of_nfs_is_mounted if {
	_options(_host("nfs", _nfs)) == {"device": "192.0.2.9:/volume1/vm", "fsType": "nfs", "options": ["nofail", "_netdev", "vers=4.2", "soft"]}
	network_storages.bridges == {{"at": ["/storage/storages/0", "/storage/storages/0/properties/0", "/storage/storages/0/properties/1", "/storage/storages/0/properties/2", "/storage/storages/0/properties/3"], "bridge": "storage", "params": {"storage": "nas", "path": "/mnt/pve/nas"}}} with input as _host("nfs", _nfs)
	count(network_storages.carries) == 0 with input as _host("nfs", _nfs)
}

test_a_share_of_cifs_is_mounted_with_a_copy_of_the_password if {
	host := _host("cifs", _cifs)
	_options(host).device == "//fs1.example.net/backup$/pve"
	_options(host).options == ["nofail", "_netdev", "soft", "vers=3.11", "domain=OFFICE", "username=svc-pve", "credentials=/var/lib/pve2nix/etc/pve/priv/storage/nas.pw"]
	network_storages.carries == {{"at": ["/storage/storages/0"], "path": "/etc/pve/priv/storage/nas.pw", "to": "/var/lib/pve2nix/etc/pve/priv/storage/nas.pw", "mode": "0600", "secret": true}} with input as host
}

test_a_guest_of_a_share_needs_no_password if {
	host := _host("cifs", [["server", "2001:db8::9"], ["share", "iso"]])
	_options(host) == {"device": "//[2001:db8::9]/iso", "fsType": "cifs", "options": ["nofail", "_netdev", "soft", "guest", "username=guest"]}
	count(network_storages.carries) == 0 with input as host
}

test_what_fstab_mounts_or_no_mount_can_say_is_left if {
	every properties in [
		[["path", "/mnt/pve/known"], ["server", "192.0.2.9"], ["export", "/volume1"]],
		[["path", "/mnt/pve/nas"], ["server", "192.0.2.9 evil"], ["export", "/volume1"]],
		[["path", "/mnt/pve/../etc"], ["server", "192.0.2.9"], ["export", "/volume1"]],
		[["path", "/mnt/pve/nas"], ["server", "192.0.2.9"], ["export", "/volume1"], ["options", "x=\"y"]],
		[["path", "/mnt/pve/nas"], ["server", "192.0.2.9"], ["export", "/volume1"], ["disable", "1"]],
	] {
		count(network_storages.settings) == 0 with input as _host("nfs", properties)
	}
	count(network_storages.settings) == 0 with input as _host("cifs", array.concat(_cifs, [["options", "password=geheim"]]))
	count(network_storages.settings) == 0 with input as _host("dir", _nfs)
}

_cephfs := [["path", "/mnt/pve/nas"], ["fs-name", "pve"], ["subdir", "/dumps"], ["username", "dump"]]

_with_monitors(properties, config) := object.union(_host("cephfs", properties), {"storage": {"storages": _host("cephfs", properties).storage.storages, "fstab": [], "ceph": {"config": [{"key": k, "value": v} | some [k, v] in config]}}})

test_cephfs_is_mounted_by_the_kernel_with_a_copy_of_the_key if {
	host := _with_monitors(_cephfs, [["global.mon_host", "192.0.2.8"], ["global.mon_host", "192.0.2.1 [2001:db8::1]:6789 2001:db8::2"]])
	mounted := {s.option[2]: s.value | some s in network_storages.settings; s.option[0] == "fileSystems"} with input as host
	mounted == {
		"device": "192.0.2.1,[2001:db8::1]:6789,[2001:db8::2]:/dumps",
		"fsType": "ceph",
		"options": ["nofail", "_netdev", "name=dump", "secretfile=/var/lib/pve2nix/etc/pve/priv/ceph/nas.secret", "fs=pve"],
	}
	network_storages.carries == {{"at": ["/storage/storages/0"], "path": "/etc/pve/priv/ceph/nas.secret", "to": "/var/lib/pve2nix/etc/pve/priv/ceph/nas.secret", "mode": "0600", "secret": true}} with input as host
	{"at": ["/storage/storages/0"], "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "ceph-client"]}]} in network_storages.settings with input as host
}

test_cephfs_of_another_cluster_and_of_one_without_keys if {
	far := _with_monitors(array.concat(_cephfs, [["monhost", "mon1.example.net;mon2.example.net"], ["fuse", "1"], ["options", "ceph.client_oc=false"]]), [["global.mon_host", "192.0.2.8"]])
	found := [s.value | some s in network_storages.settings; s.option[2] in {"device", "options"}] with input as far
	found == ["mon1.example.net,mon2.example.net:/dumps", ["nofail", "_netdev", "name=dump", "secretfile=/var/lib/pve2nix/etc/pve/priv/ceph/nas.secret", "fs=pve"]]
	bare := _with_monitors([["path", "/mnt/pve/nas"]], [["global.mon_host", "192.0.2.8"], ["global.auth_client_required", "none"]])
	["nofail", "_netdev", "name=admin"] in {s.value | some s in network_storages.settings} with input as bare
	count(network_storages.carries) == 0 with input as bare
}

test_cephfs_without_a_plain_monitor_is_left if {
	every hosts in ["", "[v2:192.0.2.1:3300/0,v1:192.0.2.1:6789/0]", "192.0.2.1 $(reboot)"] {
		count(network_storages.settings) == 0 with input as _with_monitors(_cephfs, [["global.mon_host", hosts]])
	}
	count(network_storages.settings) == 0 with input as _with_monitors(array.concat(_cephfs, [["monhost", "a b`"]]), [])
	count(network_storages.settings) == 0 with input as _with_monitors([["fs-name", "a,b"], ["monhost", "192.0.2.1"]], [])
}
