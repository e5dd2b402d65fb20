package rules.storage.luks_data_test

import data.rules.storage.luks_data

_entry(options) := {"name": "cryptscratch", "device": "UUID=ab-12", "options": options}

_storage(entry) := {"storage": {"crypttab": [entry], "mounts": [], "volume_groups": [], "zfs_pools": [], "fstab": []}}

_host(options) := _storage(_entry(options))

_label(key) := names if {
	findings := luks_data.findings with input as _storage(object.union(_entry(["luks"]), {"key_file": key}))
	names := {f.vars.names | some f in findings}
}

test_fires_on_a_data_disk if {
	luks_data.findings == {{"at": ["/storage/crypttab/0"], "vars": {"names": "cryptscratch (passphrase)"}}} with input as _host(["luks"])
}

test_silent_on_what_the_initial_ram_disk_opens if {
	count(luks_data.findings) == 0 with input as _host(["luks", "initramfs"])
}

test_tells_what_opens_the_device if {
	_label("none") == {"cryptscratch (passphrase)"}
	_label("-") == {"cryptscratch (passphrase)"}
	_label("/root/.keys/scratch.key") == {"cryptscratch (key file /root/.keys/scratch.key)"}
	_label("/key:UUID=ab") == {"cryptscratch (key file /key:UUID=ab)"}
	_label("secret:01234567") == {"cryptscratch (a word that is no path)"}
}
