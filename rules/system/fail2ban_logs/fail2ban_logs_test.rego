package rules.system.fail2ban_logs_test

import data.rules.system.fail2ban_logs

_host(path, value, state) := {
	"units": [{"name": "fail2ban.service", "file_state": state}],
	"config_files": [{"path": path, "properties": [{"key": "proxmox.enabled", "value": "true"}, {"key": "proxmox.logpath", "value": value}]}],
}

test_fires_on_a_log_file if {
	fail2ban_logs.findings == {{
		"at": ["/config_files/0/properties/1"],
		"vars": {"jails": "proxmox", "files": "/var/log/daemon.log"},
	}} with input as _host("/etc/fail2ban/jail.d/proxmox.conf", "/var/log/daemon.log", "enabled")
}

test_silent_on_files_of_a_program_elsewhere if {
	count(fail2ban_logs.findings) == 0 with input as _host("/etc/fail2ban/jail.local", "/srv/nginx/access.log", "enabled")
}

test_silent_where_it_does_not_run if {
	count(fail2ban_logs.findings) == 0 with input as _host("/etc/fail2ban/jail.local", "/var/log/auth.log", "disabled")
}
