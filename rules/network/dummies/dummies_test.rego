package rules.network.dummies_test

import data.lib.network_test
import data.rules.network.dummies

test_makes_a_dummy if {
	{s.value | some s in dummies.settings} == {"dummy0", "dummy"} with input as network_test.host({"interfaces": [network_test.interface("dummy0", "dummy", [], {})]})
}

test_a_card_is_not_made if {
	count(dummies.settings) == 0 with input as network_test.host({"interfaces": [network_test.interface("eno1", "physical", [], {})]})
}
