package rules.users.sshd_test

import data.lib.tables_test
import data.rules.users.sshd

_host(lines) := {
	"packages": [{"name": "openssh-server", "status": "installed"}],
	"system": {"sshd": [{"key": l[0], "value": l[1], "fields": [], "source": l[2]} | some l in lines], "authorized_keys": [], "users": [], "groups": []},
}

_options(host) := x if {
	x := {concat(".", array.slice(s.option, 2, 9)): s.value | some s in sshd.settings} with input as host
		with data.catalog as tables_test.fixture
}

test_types_and_ports if {
	_options(_host([
		["PermitRootLogin", "yes", "/etc/ssh/sshd_config:1"],
		["X11Forwarding", "yes", "/etc/ssh/sshd_config:2"],
		["Port", "22", "/etc/ssh/sshd_config:3"],
		["Port", "2222", "/etc/ssh/sshd_config:4"],
		["ClientAliveInterval", "60", "/etc/ssh/sshd_config:5"],
		["AllowUsers", "root@192.0.2.0/24 root@2001:db8::/32 anna", "/etc/ssh/sshd_config:6"],
		["AcceptEnv", "LANG LC_*", "/etc/ssh/sshd_config:7"],
	])) == {
		"enable": true,
		"settings.PermitRootLogin": "yes",
		"settings.X11Forwarding": true,
		"ports": [22, 2222],
		"settings.ClientAliveInterval": 60,
		"settings.AllowUsers": ["root@192.0.2.0/24", "root@2001:db8::/32", "anna"],
	}
}

test_the_line_that_sshd_takes_is_that_of_the_included_file if {
	_options(_host([
		["Include", "/etc/ssh/sshd_config.d/*.conf", "/etc/ssh/sshd_config:12"],
		["PasswordAuthentication", "yes", "/etc/ssh/sshd_config:57"],
		["PasswordAuthentication", "no", "/etc/ssh/sshd_config.d/50-cloud.conf:1"],
	]))["settings.PasswordAuthentication"] == false
}

test_lines_below_match_and_hostile_values_are_left if {
	_options(_host([
		["Match", "User backup", "/etc/ssh/sshd_config:1"],
		["Match/PasswordAuthentication", "no", "/etc/ssh/sshd_config:2"],
		["PermitRootLogin", "yes\nPermitEmptyPasswords yes", "/etc/ssh/sshd_config:3"],
		["Port", "0", "/etc/ssh/sshd_config:4"],
		["Ciphers", "aes256-ctr;id", "/etc/ssh/sshd_config:5"],
	])) == {"enable": true}
}

test_keys_of_root_leave_the_cluster_file_system if {
	host := object.union(_host([]), {"system": {"sshd": [], "users": [], "groups": [], "authorized_keys": [
		{"user": "root", "type": "ssh-ed25519", "fingerprint": "a", "source": "/etc/pve/priv/authorized_keys:1"},
		{"user": "ghost", "type": "ssh-ed25519", "fingerprint": "b", "source": "/home/ghost/.ssh/authorized_keys:1"},
	]}})
	{[c.path, c.to, c.at] | some c in sshd.carries} == {["/etc/pve/priv/authorized_keys", "/etc/ssh/authorized_keys.d/root", ["/system/authorized_keys/0"]]} with input as host
		with data.catalog as tables_test.fixture
}

test_sshd_may_listen_before_its_addresses_are_there if {
	options := {concat(".", s.option): s.value | some s in sshd.settings} with input as _host([["ListenAddress", "192.0.2.1", "/etc/ssh/sshd_config:1"]])
		with data.catalog as tables_test.fixture
	options["boot.kernel.sysctl.net.ipv4.ip_nonlocal_bind"] == 1
	not options["boot.kernel.sysctl.net.ipv6.ip_nonlocal_bind"]
}

test_files_of_keys_the_internal_sftp_and_variables_are_taken if {
	_options(_host([
		["AuthorizedKeysFile", ".ssh/authorized_keys /etc/ssh/keys/%u", "/etc/ssh/sshd_config:1"],
		["Subsystem", "sftp internal-sftp", "/etc/ssh/sshd_config:2"],
		["AcceptEnv", "LANG  LC_*", "/etc/ssh/sshd_config:3"],
		["AcceptEnv", "COLORTERM", "/etc/ssh/sshd_config:4"],
		["DenyUsers", "guest", "/etc/ssh/sshd_config:5"],
		["DenyUsers", "test", "/etc/ssh/sshd_config:6"],
	])) == {
		"enable": true,
		"authorizedKeysFiles": [".ssh/authorized_keys", "/etc/ssh/keys/%u"],
		"sftpServerExecutable": "internal-sftp",
		"settings.AcceptEnv": {"_mkForce": "LANG LC_* COLORTERM"},
		"settings.DenyUsers": ["guest", "test"],
	}
}
