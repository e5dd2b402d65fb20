package rules.hardware.nvidia_installer_test

import data.rules.hardware.nvidia_installer

_host(deb) := {
	"capture": {"areas": [{"name": "packages", "status": "known"}]},
	"packages": [{"name": deb, "version": "1", "status": "installed"}],
	"hardware": {"dkms": [{"name": "nvidia", "version": "550.144.03", "kernels": []}]},
}

test_fires_without_a_package if {
	nvidia_installer.findings == {{"at": ["/hardware/dkms/0"], "vars": {"version": "550.144.03"}}} with input as _host("dkms")
}

test_silent_where_a_package_brings_it if {
	count(nvidia_installer.findings) == 0 with input as _host("nvidia-kernel-dkms")
}

test_silent_where_packages_are_not_known if {
	host := json.patch(_host("dkms"), [{"op": "replace", "path": "/capture/areas/0/status", "value": "unknown"}])
	count(nvidia_installer.findings) == 0 with input as host
}
