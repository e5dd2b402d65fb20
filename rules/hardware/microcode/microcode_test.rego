package rules.hardware.microcode_test

import data.rules.hardware.microcode

_host(deb, flags) := {
	"capture": {"areas": [{"name": "packages", "status": "known"}]},
	"hardware": {"cpu": {"vendor": "AuthenticAMD", "microcode": "0xa601203", "flags": flags}},
	"packages": [{"name": deb, "version": "1", "status": "installed"}],
}

test_fires_without_the_package if {
	microcode.findings == {{
		"at": ["/hardware/cpu/microcode", "/packages"],
		"vars": {"vendor": "AuthenticAMD", "package": "amd64-microcode", "revision": "0xa601203"},
	}} with input as _host("intel-microcode", ["svm"])
}

test_silent_with_it if {
	count(microcode.findings) == 0 with input as _host("amd64-microcode", ["svm"])
}

test_silent_in_a_virtual_machine if {
	count(microcode.findings) == 0 with input as _host("bash", ["svm", "hypervisor"])
}

test_silent_where_packages_are_not_known if {
	host := json.patch(_host("bash", []), [{"op": "replace", "path": "/capture/areas/0/status", "value": "partial"}])
	count(microcode.findings) == 0 with input as host
}
