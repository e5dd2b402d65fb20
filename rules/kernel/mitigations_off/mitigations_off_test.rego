package rules.kernel.mitigations_off_test

import data.rules.kernel.mitigations_off

_host(parameters, vulnerabilities) := {
	"capture": {"areas": [{"name": "hardware.cpu.vulnerabilities", "status": "known"}]},
	"system": {"boot": {"kernel_parameters": parameters}},
	"hardware": {"cpu": {"vulnerabilities": vulnerabilities}},
}

test_fires_on_mitigations_off if {
	host := _host([{"key": "mitigations", "value": "off"}], [{"name": "mds", "state": "Vulnerable; SMT vulnerable"}, {"name": "l1tf", "state": "Not affected"}])
	mitigations_off.findings == {{
		"at": ["/system/boot/kernel_parameters/0"],
		"vars": {"words": "mitigations=off", "weak": "mds"},
	}} with input as host
}

test_fires_on_old_words if {
	mitigations_off.findings == {{
		"at": ["/system/boot/kernel_parameters/0"],
		"vars": {"words": "nopti", "weak": "none that the kernel knows of"},
	}} with input as _host([{"key": "nopti", "value": ""}], [])
}

test_unknown_is_not_none if {
	some f in mitigations_off.findings with input as object.union(_host([{"key": "nopti", "value": ""}], []), {"capture": {"areas": []}})
	f.vars.weak == "not known"
}

test_silent_on_more_protection if {
	count(mitigations_off.findings) == 0 with input as _host([{"key": "mitigations", "value": "auto,nosmt"}], [])
}
