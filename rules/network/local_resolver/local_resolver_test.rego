package rules.network.local_resolver_test

import data.lib.network_test
import data.rules.network.local_resolver

test_fires_for_an_address_of_the_host if {
	{f.vars.address | some f in local_resolver.findings} == {"127.0.0.53"} with input as network_test.host({"dns": {"nameservers": [{"key": "nameserver", "value": "127.0.0.53", "fields": []}], "search": []}})
}

test_silent_for_another_host if {
	count(local_resolver.findings) == 0 with input as network_test.host({"dns": {"nameservers": [{"key": "nameserver", "value": "192.0.2.53", "fields": []}], "search": []}})
}

test_fires_for_the_resolver_of_tailscale if {
	count(local_resolver.findings) == 1 with input as network_test.host({"dns": {"nameservers": [{"key": "nameserver", "value": "100.100.100.100", "fields": []}], "search": []}})
}
