package rules.boot.initrd_test

import data.rules.boot.initrd

_modules(hardware) := x if {
	x := [s.value | some s in initrd.settings][0] with input as {"hardware": hardware}
}

test_takes_the_controllers_of_the_host if {
	_modules({"modules": ["megaraid_sas", "nfs"], "pci": [{"address": "0", "driver": "nvme"}, {"address": "1", "driver": "nvidia"}]}) == ["megaraid_sas", "nvme"]
}

test_takes_the_usual_ones_where_nothing_is_known if {
	"mpt3sas" in _modules({"modules": [], "pci": []})
}
