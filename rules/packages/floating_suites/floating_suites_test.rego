package rules.packages.floating_suites_test

import data.rules.packages.floating_suites

_host(uri, suite) := {"repositories": [{"enabled": true, "types": ["deb"], "uris": [uri], "suites": [suite], "components": ["main"]}]}

test_fires_on_debians_stable if {
	floating_suites.findings == {{"at": ["/repositories/0"], "vars": {"suites": "stable-updates"}}} with input as _host("http://deb.debian.org/debian", "stable-updates")
}

test_silent_on_a_code_name if {
	count(floating_suites.findings) == 0 with input as _host("http://deb.debian.org/debian", "bookworm")
}

test_silent_on_another_makers_stable if {
	count(floating_suites.findings) == 0 with input as _host("https://download.docker.example.net/linux/debian", "stable")
}
