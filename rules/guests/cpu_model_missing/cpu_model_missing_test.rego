package rules.guests.cpu_model_missing_test

import data.rules.guests.cpu_model_missing

_host(model) := {
	"capture": {"areas": [{"name": "mappings", "status": "known"}]},
	"mappings": [{"type": "cpu-model", "id": "gaming", "properties": []}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "name", "value": "ws", "fields": []},
		{"key": "cpu", "value": model, "fields": [{"name": "cputype", "value": model}]},
	]}],
}

test_fires_on_a_model_without_a_section if {
	cpu_model_missing.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 100, "name": "ws", "model": "custom-render"}}} with input as _host("custom-render")
}

test_silent_on_a_model_with_a_section if {
	count(cpu_model_missing.findings) == 0 with input as _host("custom-gaming")
}

test_silent_on_a_model_of_qemu if {
	count(cpu_model_missing.findings) == 0 with input as _host("host")
}
