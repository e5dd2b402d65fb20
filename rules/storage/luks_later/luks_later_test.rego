package rules.storage.luks_later_test

import data.rules.storage.luks_later

_host(entries) := {"storage": {"crypttab": entries, "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": [], "btrfs": []}}

_vault := {"name": "vault", "device": "UUID=0b6e2f7a-7a14-4c0d-8d3f-6d9e1f2a3b4c", "key_file": "/etc/keys/vault.key", "options": ["luks", "noauto", "nofail"]}

test_the_line_and_its_key_come_along if {
	hosts := _host([_vault, object.union(_vault, {"name": "scratch", "key_file": "none", "options": ["luks"]})])
	luks_later.settings == {{
		"at": ["/storage/crypttab/0", "/storage/crypttab/1"],
		"option": ["environment", "etc", "crypttab", "text"],
		"value": concat("", [
			"vault /dev/disk/by-uuid/0b6e2f7a-7a14-4c0d-8d3f-6d9e1f2a3b4c /etc/keys/vault.key luks,noauto,nofail\n",
			"scratch /dev/disk/by-uuid/0b6e2f7a-7a14-4c0d-8d3f-6d9e1f2a3b4c none luks\n",
		]),
	}} with input as hosts
	luks_later.carries == {{
		"at": ["/storage/crypttab/0"], "path": "/etc/keys/vault.key", "to": "/etc/keys/vault.key", "mode": "0400", "secret": true,
	}} with input as hosts
}

test_what_needs_a_program_or_is_strange_is_left if {
	every other in [
		{"options": ["luks", "keyscript=/lib/cryptsetup/scripts/decrypt_derived"]}, {"options": ["luks", "initramfs"]}, {"key_file": "/key:UUID=ab"},
		{"key_file": "/etc/../x"}, {"name": "a b"}, {"device": "x\ny"}, {"key_file": "/etc/keys/x\nevil /dev/sda none"}, {"options": ["luks\nx"]},
	] {
		count(luks_later.settings) == 0 with input as _host([object.union(_vault, other)])
	}
}
