package rules.system.state_files_test

import data.rules.system.state_files

_host(status) := {
	"host": {"machine_id": "0123456789abcdef0123456789abcdef"},
	"packages": [{"name": "openssh-server", "status": status}],
}

test_carries_id_and_keys if {
	{c.to: [c.mode, c.secret] | some c in state_files.carries} == {
		"/etc/machine-id": ["0444", false],
		"/etc/ssh/ssh_host_rsa_key": ["0600", true],
		"/etc/ssh/ssh_host_rsa_key.pub": ["0644", false],
		"/etc/ssh/ssh_host_ecdsa_key": ["0600", true],
		"/etc/ssh/ssh_host_ecdsa_key.pub": ["0644", false],
		"/etc/ssh/ssh_host_ed25519_key": ["0600", true],
		"/etc/ssh/ssh_host_ed25519_key.pub": ["0644", false],
	} with input as _host("installed")
	count(state_files.settings) == 1 with input as _host("installed")
}

test_without_sshd_there_are_no_keys if {
	{c.path | some c in state_files.carries} == {"/etc/machine-id"} with input as _host("config-files")
	count(state_files.settings) == 0 with input as _host("config-files")
}

test_carries_the_identity_of_tailscale if {
	unit := {"name": "tailscaled.service", "file_state": "enabled"}
	"/var/lib/tailscale" in {c.path | some c in state_files.carries} with input as object.union(_host("config-files"), {"units": [unit]})
	not "/var/lib/tailscale" in {c.path | some c in state_files.carries} with input as object.union(_host("config-files"), {"units": [object.union(unit, {"file_state": "disabled"})]})
}
