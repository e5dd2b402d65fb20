package rules.services.user_services_test

import data.rules.services.user_services

test_fires_on_a_user_that_lingers if {
	user_services.findings == {{"at": ["/system/login/lingering"], "vars": {"users": "anna, bob"}}} with input as {"system": {"login": {"lingering": ["bob", "anna"]}}}
}

test_silent_without if {
	count(user_services.findings) == 0 with input as {"system": {"login": {"lingering": [], "sessions": 3}}}
}
