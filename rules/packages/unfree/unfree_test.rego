package rules.packages.unfree_test

import data.rules.packages.unfree

_catalog := {"unfree_packages": {"vault": {"attr": "vault", "name": "vault"}, "speedtest": {"attr": "ookla-speedtest", "name": "ookla-speedtest"}}}

_host := {"packages": [{"name": "vault", "status": "installed"}, {"name": "speedtest", "status": "installed"}, {"name": "nmap", "status": "installed"}]}

_settings(answers) := {[concat(".", s.option), s.value] | some s in x} if {
	x := unfree.settings with input as _host with data.catalog as _catalog with data.answers as {"packages": answers}
}

test_accepted_by_name if {
	_settings({"speedtest": {"unfree": "we may"}}) == {
		["environment.systemPackages", [{"_ref": ["pkgs", "ookla-speedtest"]}]],
		["nixpkgs.config.allowUnfreePredicate", {"_named": ["ookla-speedtest"]}],
	}
	x := unfree.settings with input as _host with data.catalog as _catalog with data.answers as {"packages": {"vault": {"unfree": "we may"}}}
	{s.at | some s in x} == {["/packages/0"]}
}

test_nothing_without_a_word_of_the_owner if {
	_settings({}) == set()
	_settings({"vault": {"drop": "not needed"}}) == set()
}

test_nothing_of_what_is_not_there_or_free if {
	_settings({"nmap": {"unfree": "as if"}, "terraform": {"unfree": "not installed"}}) == set()
}
