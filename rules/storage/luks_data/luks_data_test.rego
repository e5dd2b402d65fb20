package rules.storage.luks_data_test

import data.rules.storage.luks_data

_entry(options) := {"name": "cryptscratch", "device": "UUID=0b6e2f7a-7a14-4c0d-8d3f-6d9e1f2a3b4c", "options": options}

_storage(entry) := {"storage": {"crypttab": [entry], "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": [], "btrfs": []}}

_label(key, options) := names if {
	findings := luks_data.findings with input as _storage(object.union(_entry(options), {"key_file": key}))
	names := {f.vars.names | some f in findings}
}

test_fires_on_a_disk_that_a_script_opens if {
	luks_data.findings == {{"at": ["/storage/crypttab/0"], "vars": {"names": "cryptscratch (passphrase)"}}} with input as _storage(_entry(["luks", "keyscript=decrypt_keyctl"]))
}

test_silent_on_what_is_opened_as_before if {
	count(luks_data.findings) == 0 with input as _storage(_entry(["luks", "initramfs"]))
	count(luks_data.findings) == 0 with input as _storage(_entry(["luks", "nofail"]))
}

test_tells_what_opens_the_device if {
	_label("none", ["luks", "loud"]) == {"cryptscratch (passphrase)"}
	_label("/root/.keys/scratch.key", ["luks", "loud"]) == {"cryptscratch (key file /root/.keys/scratch.key)"}
	_label("/key:UUID=ab", ["luks"]) == {"cryptscratch (key file /key:UUID=ab)"}
	_label("secret:01234567", ["luks"]) == {"cryptscratch (a word that is no path)"}
}
