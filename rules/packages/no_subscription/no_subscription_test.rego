package rules.packages.no_subscription_test

import data.rules.packages.no_subscription

_host(files, enabled) := {
	"capture": {"areas": [{"name": "local_files", "status": "known"}]},
	"repositories": [{"enabled": enabled, "types": ["deb"], "uris": ["https://enterprise.proxmox.com/debian/pve"], "suites": ["bookworm"], "components": ["pve-enterprise"]}],
	"local_files": files,
}

test_fires_without_a_key if {
	no_subscription.findings == {{"at": ["/repositories/0"], "vars": {}}} with input as _host([], true)
}

test_silent_with_a_key if {
	count(no_subscription.findings) == 0 with input as _host([{"path": "/etc/subscription"}], true)
}

test_silent_where_it_is_off if {
	count(no_subscription.findings) == 0 with input as _host([], false)
}

test_silent_where_files_could_not_be_read if {
	host := json.patch(_host([], true), [{"op": "replace", "path": "/capture/areas/0/status", "value": "partial"}])
	count(no_subscription.findings) == 0 with input as host
}
