package rules.packages.marks_lost_test

import data.rules.packages.marks_lost

_host(number, last) := {
	"capture": {"areas": [{"name": "packages", "status": "known"}]},
	"packages": array.concat([{"name": sprintf("p%d", [i]), "status": "installed", "auto": false} | some i in numbers.range(1, number)], [{"name": "last", "status": "installed", "auto": last}]),
}

test_fires_where_nothing_is_automatic if {
	marks_lost.findings == {{"at": ["/packages"], "vars": {"count": 121}}} with input as _host(120, false)
}

test_silent_where_one_is if {
	count(marks_lost.findings) == 0 with input as _host(120, true)
}

test_silent_on_a_handful_of_packages if {
	count(marks_lost.findings) == 0 with input as _host(50, false)
}
