package rules.packages.no_pve_repository_test

import data.rules.packages.no_pve_repository

_host(enabled, uri, component) := {
	"capture": {"areas": [{"name": "repositories", "status": "known"}]},
	"packages": [{"name": "pve-manager", "version": "8.0.3", "status": "installed"}],
	"repositories": [
		{"enabled": true, "types": ["deb"], "uris": ["http://deb.debian.org/debian"], "suites": ["bookworm"], "components": ["main"]},
		{"enabled": enabled, "types": ["deb"], "uris": [uri], "suites": ["bookworm"], "components": [component]},
	],
}

test_fires_where_all_are_off if {
	no_pve_repository.findings == {{"at": ["/packages/0"], "vars": {}}} with input as _host(false, "https://enterprise.proxmox.com/debian/pve", "pve-enterprise")
}

test_silent_with_a_mirror_of_ones_own if {
	count(no_pve_repository.findings) == 0 with input as _host(true, "http://mirror.example.net/proxmox", "pve-no-subscription")
	count(no_pve_repository.findings) == 0 with input as _host(true, "http://mirror.example.net/debian/pve", "main")
}

test_silent_where_sources_could_not_be_read if {
	host := json.patch(_host(false, "x", "y"), [{"op": "replace", "path": "/capture/areas/0/status", "value": "partial"}])
	count(no_pve_repository.findings) == 0 with input as host
}
