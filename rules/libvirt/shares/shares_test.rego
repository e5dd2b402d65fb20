package rules.libvirt.shares_test

import data.rules.libvirt.shares

_share(options) := {"key": "virtiofs0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_host(config) := {
	"host": {"name": "a"}, "packages": [],
	"mappings": [{"type": "directory", "id": "media", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": "/tank/media"}]}]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_a_directory if {
	shares.parts == {
		{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["devices", "filesystems", "virtiofs0"], "value": {
			"type": "mount", "access_mode": "passthrough", "driver": {"type": "virtiofs", "queue": 1024}, "binary": {"path": "/etc/libvirt-virtiofsd/100-virtiofs0", "xattr": true, "cache": {"mode": "none"}},
			"source": {"dir": "/tank/media"}, "target": {"dir": "media"}, "alias": {"name": "ua-virtiofs0"},
		}},
		{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["memory_backing", "access", "mode"], "value": "shared"},
		{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["memory_backing", "source", "type"], "value": "memfd"},
	} with input as _host([_share({"dirid": "media", "expose-acl": "1", "cache": "never"})])
	_said(_share({"dirid": "media", "expose-acl": "1", "cache": "never"})) == {
		"virtualisation.libvirtd.qemu.vhostUserPackages": [{"_ref": ["pkgs", "virtiofsd"]}],
		"environment.systemPackages": [{"_ref": ["pkgs", "virtiofsd"]}],
		"environment.etc.libvirt-virtiofsd/100-virtiofs0.mode": "0755",
		"environment.etc.libvirt-virtiofsd/100-virtiofs0.text": "#!/bin/sh\nexec /run/current-system/sw/bin/virtiofsd --posix-acl \"$@\"\n",
	}
}

_said(share) := {concat(".", s.option): s.value | some s in set} if set := shares.settings with input as _host([share])

test_all_that_libvirt_has_no_word_for if {
	contains(_said(_share({"dirid": "media", "expose-acl": "1", "direct-io": "1", "cache": "metadata"}))["environment.etc.libvirt-virtiofsd/100-virtiofs0.text"], "virtiofsd --posix-acl --allow-direct-io --cache=metadata \"$@\"")
}

test_no_script_for_what_libvirt_says if {
	object.keys(_said(_share({"dirid": "media", "expose-acl": "0", "expose-xattr": "1", "cache": "always"}))) == {"virtualisation.libvirtd.qemu.vhostUserPackages"}
}

test_huge_pages_are_shared_as_they_are if {
	{p.path | some p in shares.parts} == {["devices", "filesystems", "virtiofs0"], ["memory_backing", "access", "mode"]} with input as _host([_share({"dirid": "media"}), {"key": "hugepages", "value": "2", "fields": []}])
}

test_a_directory_of_another_node_is_no_share if {
	count(shares.parts) == 0 with input as _host([_share({"dirid": "elsewhere"})])
	count(shares.settings) == 0 with input as _host([_share({"dirid": "elsewhere"})])
}
