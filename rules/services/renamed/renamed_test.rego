package rules.services.renamed_test

import data.rules.services.renamed

_host(path, state, after) := {"units": [{
	"name": "tunnel.service", "fragment_path": path, "file_state": state,
	"detail": {"after": after, "requires": [], "wants": ["ssh.service"], "wanted_by": ["multi-user.target"]},
}]}

test_fires_on_names_of_debian if {
	renamed.findings == {{"at": ["/units/0"], "vars": {
		"units": "tunnel.service",
		"names": "networking.service, ssh.service",
		"others": "networking.service is systemd-networkd.service, ssh.service is sshd.service",
	}}} with input as _host("/etc/systemd/system/tunnel.service", "enabled", ["networking.service", "sysinit.target"])
}

test_silent_on_units_of_packages if {
	count(renamed.findings) == 0 with input as _host("/lib/systemd/system/tunnel.service", "enabled", ["networking.service"])
}

test_silent_on_a_unit_that_is_switched_off if {
	count(renamed.findings) == 0 with input as _host("/etc/systemd/system/tunnel.service", "disabled", ["networking.service"])
}

test_silent_on_names_that_proxmox_nixos_has_too if {
	host := _host("/etc/systemd/system/tunnel.service", "enabled", ["pve-storage.target"])
	count(renamed.findings) == 0 with input as json.patch(host, [{"op": "replace", "path": "/units/0/detail/wants", "value": []}])
}
