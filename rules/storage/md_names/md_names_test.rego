package rules.storage.md_names_test

import data.rules.storage.md_names

_host(fstab, crypttab) := {"storage": {"fstab": fstab, "crypttab": crypttab}}

test_fires_on_a_mount_and_an_encrypted_device if {
	md_names.findings == {{"at": ["/storage/crypttab/0", "/storage/fstab/0"], "vars": {"places": "/srv, vault"}}} with input as _host([{"spec": "/dev/md0", "file": "/srv"}], [{"name": "vault", "device": "/dev/md1"}])
}

test_silent_on_the_uuid if {
	count(md_names.findings) == 0 with input as _host([{"spec": "UUID=1-2", "file": "/srv"}, {"spec": "/dev/md/data", "file": "/data"}], [])
}

test_silent_on_the_root if {
	count(md_names.findings) == 0 with input as _host([{"spec": "/dev/md0", "file": "/"}], [])
}
