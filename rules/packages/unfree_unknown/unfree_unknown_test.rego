package rules.packages.unfree_unknown_test

import data.rules.packages.unfree_unknown

_findings(answers) := x if {
	x := unfree_unknown.findings with input as {"packages": [{"name": "nmap", "status": "installed"}, {"name": "vault", "status": "installed"}]}
		with data.catalog as {"unfree_packages": {"vault": {}}}
		with data.answers as {"packages": answers}
}

test_a_package_that_is_free_or_unknown if {
	_findings({"nmap": {"unfree": "as if"}}) == {{"at": ["/packages/0"], "vars": {"name": "nmap"}}}
}

test_silent_on_one_that_is_known_gone_or_decided_otherwise if {
	_findings({"vault": {"unfree": "we may"}, "zsh": {"unfree": "not installed"}}) == set()
	_findings({"nmap": {"drop": "not needed"}}) == set()
}
