package rules.system.identity_test

import data.rules.system.identity

_options(host) := x if x := {concat(".", s.option): s.value | some s in identity.settings} with input as {"host": host}
	with data.release as "25.11"

test_takes_name_and_domain if {
	_options({"name": "pve1", "domain": "example.net", "arch": "x86_64"}) == {
		"networking.hostName": "pve1",
		"networking.domain": "example.net",
		"system.stateVersion": "25.11",
		"nixpkgs.hostPlatform": "x86_64-linux",
	}
}

test_leaves_out_names_that_are_none if {
	_options({"name": "pve_1;reboot", "domain": "example..net"}) == {
		"system.stateVersion": "25.11",
		"nixpkgs.hostPlatform": "x86_64-linux",
	}
}
