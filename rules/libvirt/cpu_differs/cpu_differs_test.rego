package rules.libvirt.cpu_differs_test

import data.lib.cpus_test
import data.rules.libvirt.cpu_differs

_vars(config) := {f.vars | some f in findings} if {
	findings := cpu_differs.findings with input as cpus_test.host(config, {}) with data.catalog as cpus_test.tables
}

test_fires_on_a_newer_version if {
	_vars({"cpu": "EPYC-Turin"}) == {{"vmid": 100, "model": "EPYC-Turin", "instead": "EPYC-Genoa", "flags": ""}}
}

test_fires_on_flags_without_a_name if {
	_vars({"cpu": "host,flags=+made-up"}) == {{"vmid": 100, "model": "host", "instead": "host", "flags": "made-up"}}
}

test_fires_on_a_model_that_is_gone if {
	_vars({"cpu": "custom-gone"}) == {{"vmid": 100, "model": "custom-gone", "instead": "the model that libvirt chooses", "flags": ""}}
}

test_silent_on_models_of_libvirt if {
	_vars({"cpu": "x86-64-v2-AES,flags=+pcid"}) == set()
	_vars({"cpu": "host"}) == set()
	_vars({"name": "a"}) == set()
}
