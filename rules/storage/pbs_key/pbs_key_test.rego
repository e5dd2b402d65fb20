package rules.storage.pbs_key_test

import data.rules.storage.pbs_key

_host(keys) := {"storage": {"storages": [{"type": "pbs", "id": "pbs1", "properties": [{"key": k, "value": "1f:0a", "fields": []} | some k in keys]}]}}

test_fires_on_a_key if {
	pbs_key.findings == {{"at": ["/storage/storages/0/properties/1"], "vars": {"id": "pbs1"}}} with input as _host(["server", "encryption-key"])
}

test_silent_without_one if {
	count(pbs_key.findings) == 0 with input as _host(["server", "fingerprint"])
}
