package rules.network.alternative_names_test

import data.lib.network_test
import data.rules.network.alternative_names

test_fires_for_an_alternative_name if {
	{f.vars.link | some f in alternative_names.findings} == {"nic0"} with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("nic0", "3c:ec:ef:00:00:01", {"alt_names": ["eno1"]})]})
}

test_silent_for_the_name_of_the_kernel if {
	count(alternative_names.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno1", "3c:ec:ef:00:00:01", {"alt_names": ["enp1s0"]})]})
}
