package rules.hardware.dkms_test

import data.rules.hardware.dkms

_host(name, status) := {"packages": [{"name": name, "version": "1", "status": status}]}

test_fires_on_a_driver if {
	dkms.findings == {{"at": ["/packages/0"], "vars": {"packages": "r8125-dkms"}}} with input as _host("r8125-dkms", "installed")
}

test_silent_on_what_was_removed if {
	count(dkms.findings) == 0 with input as _host("r8125-dkms", "config-files")
}

test_silent_on_the_tool_alone if {
	count(dkms.findings) == 0 with input as _host("dkms", "installed")
}

_own(name, hardware) := object.union(_host(name, "installed"), {
	"hardware": object.union({"pci": [], "modules": [], "dkms": []}, hardware),
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "hostpci0", "value": "01:00"}]}],
})

_spoken_of := {
	"gasket-dkms": {"pci": [{"driver": "apex", "class": "088000"}]},
	"i915-sriov-dkms": {"dkms": [{"name": "i915-sriov-dkms"}], "pci": [{"class": "030000", "vfs": 7}]},
	"nvidia-open-kernel-dkms": {"modules": ["nvidia"]},
	"r8125-dkms": {"pci": [{"driver": "r8125", "class": "020000"}]},
	"vendor-reset-dkms": {"modules": ["vendor_reset"]},
}

test_silent_where_another_finding_speaks_of_the_driver if {
	every name, hardware in _spoken_of {
		count(dkms.findings) == 0 with input as _own(name, hardware)
	}
}

test_fires_where_that_driver_is_not_at_work if {
	every name, _ in _spoken_of {
		count(dkms.findings) == 1 with input as _own(name, {})
	}
}

test_silent_where_nixpkgs_has_it if {
	tables := {"dkms_modules": {"v4l2loopback": {"package": "v4l2loopback", "loads": ["v4l2loopback"]}}}
	host := _own("v4l2loopback-dkms", {"dkms": [{"name": "v4l2loopback"}], "modules": ["v4l2loopback"]})
	count(dkms.findings) == 0 with input as host with data.catalog as tables
	idle := _own("v4l2loopback-dkms", {"dkms": [{"name": "v4l2loopback"}]})
	count(dkms.findings) == 1 with input as idle with data.catalog as tables
}
