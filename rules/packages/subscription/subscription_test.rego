package rules.packages.subscription_test

import data.rules.packages.subscription

_host(enabled, uri) := {"repositories": [{"id": "x", "enabled": enabled, "uris": [uri]}]}

test_fires_on_the_enterprise_repository if {
	subscription.findings == {{"at": ["/repositories/0"], "vars": {}}} with input as _host(true, "https://enterprise.proxmox.com/debian/pve")
}

test_silent_where_it_is_off if {
	count(subscription.findings) == 0 with input as _host(false, "https://enterprise.proxmox.com/debian/pve")
}

test_silent_on_the_free_repository if {
	count(subscription.findings) == 0 with input as _host(true, "http://download.proxmox.com/debian/pve")
}

test_silent_where_the_host_has_no_key if {
	host := object.union(_host(true, "https://enterprise.proxmox.com/debian/pve"), {"capture": {"areas": [{"name": "local_files", "status": "known"}]}, "local_files": []})
	count(subscription.findings) == 0 with input as host
}

test_fires_where_the_host_has_a_key if {
	host := object.union(_host(true, "https://enterprise.proxmox.com/debian/pve"), {"capture": {"areas": [{"name": "local_files", "status": "known"}]}, "local_files": [{"path": "/etc/subscription"}]})
	count(subscription.findings) == 1 with input as host
}
