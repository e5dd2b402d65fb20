package rules.conversion.architecture_test

import data.rules.conversion.architecture

_found(host) := found if {
	set := architecture.findings with input as {"host": host}
	found := {f.vars.arch | some f in set}
}

test_fires_on_arm if {
	_found({"arch": "aarch64"}) == {"aarch64"}
}

test_silent_on_pc if {
	_found({"arch": "x86_64"}) == set()
}

test_silent_where_it_is_not_known if {
	_found({"name": "x"}) == set()
}
