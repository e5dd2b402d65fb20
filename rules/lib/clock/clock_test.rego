package lib.clock_test

import data.lib.clock

test_dates_that_fit if {
	clock.ns("1970-01-01T00:00:01Z") == 1000000000
	clock.captured == 1748736000 with input as {"capture": {"time": "2025-06-01T00:00:00Z"}}
}

test_dates_without_end_are_none if {
	not clock.ns("9999-12-31T23:59:59Z")
	not clock.ns("0001-01-01T00:00:00Z")
}
