package rules.sdn.legacy_ipam_test

import data.rules.sdn.legacy_ipam

_host(paths) := {"local_files": [{"path": p, "kind": "file", "state": "local"} | some p in paths]}

test_fires_for_the_old_file_alone if {
	legacy_ipam.findings == {{"at": ["/local_files/0", "/local_files/1"], "vars": {"files": "/etc/pve/priv/ipam.db, /etc/pve/priv/macs.db"}}} with input as _host(["/etc/pve/priv/ipam.db", "/etc/pve/priv/macs.db"])
}

test_silent_where_it_was_copied if {
	count(legacy_ipam.findings) == 0 with input as _host(["/etc/pve/priv/ipam.db", "/etc/pve/sdn/pve-ipam-state.json"])
}

test_silent_without_addresses if {
	count(legacy_ipam.findings) == 0 with input as _host(["/etc/pve/priv/macs.db"])
}
