package rules.storage.thin_full_test

import data.rules.storage.thin_full

_host(kind, used, metadata) := {"storage": {"volume_groups": [{"name": "pve", "logical_volumes": [{"name": "data", "kind": kind, "data_percent": used, "metadata_percent": metadata}]}]}}

test_fires_on_data if {
	thin_full.findings == {{"at": ["/storage/volume_groups/0/logical_volumes/0"], "vars": {"pool": "pve/data", "data": 85, "metadata": 10}}} with input as _host("thin-pool", 85, 10)
}

test_fires_on_metadata if {
	count(thin_full.findings) == 1 with input as _host("thin-pool", 20, 75)
}

test_silent_below_both if {
	count(thin_full.findings) == 0 with input as _host("thin-pool", 84, 74)
}

test_silent_on_a_full_volume_of_a_guest if {
	count(thin_full.findings) == 0 with input as _host("thin", 100, 0)
}
