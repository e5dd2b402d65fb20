package rules.network.card_missing_test

import data.lib.network_test
import data.rules.network.card_missing

test_fires_for_a_card_that_is_gone if {
	{f.vars.interface | some f in card_missing.findings} == {"eno1"} with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno2", "3c:ec:ef:00:00:01", {})]})
}

test_silent_when_it_is_there if {
	count(card_missing.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno1", "3c:ec:ef:00:00:01", {})]})
}

test_silent_when_the_links_were_not_seen if {
	count(card_missing.findings) == 0 with input as network_test.files_only({"interfaces": network_test.bridged})
}
