package rules.ledger.unaccounted_test

import data.rules.ledger.unaccounted

# Whatever a rule says of a fact accounts for it: a finding of the rule's own would silence the engine's.
test_speaks_of_no_fact_itself if {
	count(unaccounted.findings) == 0 with input as {"packages": [{"name": "nobody-knows-it"}], "units": [{"name": "nobody-knows-it.service"}]}
}

test_speaks_of_no_host_without_facts if {
	count(unaccounted.findings) == 0 with input as {"packages": [], "units": []}
}
