package rules.hardware.iommu_off_test

import data.rules.hardware.iommu_off

_host(groups, status) := {
	"capture": {"areas": [{"name": "hardware.iommu", "status": status, "source": "file"}]},
	"hardware": {"iommu_groups": groups},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "hostpci0", "value": "0000:01:00", "fields": []}]}],
}

test_fires_without_groups if {
	iommu_off.findings == {{"at": ["/guests/0/config/0"], "vars": {"guests": "100"}}} with input as _host(0, "known")
}

test_silent_with_groups if {
	count(iommu_off.findings) == 0 with input as _host(12, "known")
}

test_silent_when_nothing_is_known if {
	count(iommu_off.findings) == 0 with input as _host(0, "unknown")
}
