package rules.packages.local_files_test

import data.rules.packages.local_files

_host(source, auto) := {
	"capture": {"areas": [{"name": "packages", "source": source}]},
	"packages": [
		{"name": "perccli", "version": "7.1", "status": "installed", "auto": auto},
		{"name": "htop", "version": "3", "status": "installed", "auto": false, "origin": "debian-bookworm-main"},
		{"name": "proxmox-kernel-6.8.4-2-pve", "version": "6.8.4-2", "status": "installed", "auto": false},
	],
}

test_fires_on_a_package_of_no_repository if {
	local_files.findings == {{"at": ["/packages/0"], "vars": {"names": "perccli 7.1"}}} with input as _host("packagekit", false)
}

test_silent_on_old_dependencies if {
	count(local_files.findings) == 0 with input as _host("packagekit", true)
}

test_silent_where_origins_are_not_known if {
	count(local_files.findings) == 0 with input as _host("dpkg-status", false)
}
