package rules.hardware.dkms_modules_test

import data.rules.hardware.dkms_modules

_tables := {"dkms_modules": {"v4l2loopback": {"package": "v4l2loopback", "loads": ["v4l2loopback"]}, "jool": {"package": "jool", "loads": ["jool", "jool_siit"]}}}

_host(names, loaded) := {
	"hardware": {"dkms": [{"name": n, "version": "1", "kernels": []} | some n in names], "modules": loaded},
	"packages": [{"name": sprintf("%s-dkms", [n]), "version": "1", "status": "installed"} | some n in names],
}

_options(names, loaded) := x if {
	x := {[s.at, concat(".", s.option), s.value] | some s in dkms_modules.settings} with input as _host(names, loaded)
		with data.catalog as _tables
}

test_what_is_loaded_comes_from_nixpkgs if {
	_options(["zfs", "jool"], ["jool_siit", "zfs"]) == {
		[["/hardware/dkms/1", "/packages/1"], "boot.extraModulePackages", [{"_ref": ["config", "boot", "kernelPackages", "jool"]}]],
		[["/hardware/dkms/1", "/packages/1"], "boot.kernelModules", ["jool_siit"]],
	}
}

test_what_is_built_and_not_loaded_is_left if count(_options(["v4l2loopback"], ["zfs"])) == 0

test_a_module_that_is_there_without_dkms_is_the_kernels if count(_options([], ["v4l2loopback"])) == 0

test_what_nobody_knows_is_left if count(_options(["../x"], ["x"])) == 0

test_the_bridge_keeps_it if {
	bridges := dkms_modules.bridges with input as _host(["v4l2loopback"], ["v4l2loopback"]) with data.catalog as _tables
	bridges == {{"at": ["/hardware/dkms/0", "/packages/0"], "bridge": "kernel", "params": {"module": "v4l2loopback"}}}
}
