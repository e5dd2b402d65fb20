package rules.packages.other_distribution_test

import data.rules.packages.other_distribution

_host(enabled, uri, suite) := {"repositories": [{"enabled": enabled, "types": ["deb"], "uris": [uri], "suites": [suite], "components": ["main"]}]}

test_fires_on_a_personal_archive if {
	other_distribution.findings == {{"at": ["/repositories/0"], "vars": {"sources": "https://ppa.launchpadcontent.net/x/y/ubuntu jammy"}}} with input as _host(true, "https://ppa.launchpadcontent.net/x/y/ubuntu", "jammy")
}

test_fires_on_a_makers_repository_for_ubuntu if {
	count(other_distribution.findings) == 1 with input as _host(true, "https://repo.example.net/apt", "noble-stable")
}

test_silent_where_it_is_off if {
	count(other_distribution.findings) == 0 with input as _host(false, "https://ppa.launchpadcontent.net/x/y/ubuntu", "jammy")
}

test_silent_on_a_makers_repository_for_debian if {
	count(other_distribution.findings) == 0 with input as _host(true, "https://repo.example.net/ubuntu.com/apt", "bookworm")
}
