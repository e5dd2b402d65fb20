package rules.packages.no_proxmox_ve_test

import data.rules.packages.no_proxmox_ve

_host(status) := {
	"capture": {"areas": [{"name": "packages", "status": "known"}]},
	"packages": [{"name": "proxmox-ve", "status": status, "version": "8.4.0"}, {"name": "pve-manager", "status": "installed", "version": "8.4.1"}],
}

test_fires_where_it_was_removed if {
	no_proxmox_ve.findings == {{"at": ["/packages/1"], "vars": {}}} with input as _host("config-files")
}

test_silent_where_it_is_installed if {
	count(no_proxmox_ve.findings) == 0 with input as _host("installed")
}
