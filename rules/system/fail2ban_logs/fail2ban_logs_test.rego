package rules.system.fail2ban_logs_test

import data.rules.system.fail2ban_logs

_host(path, value, state) := {
	"units": [{"name": "fail2ban.service", "file_state": state}],
	"config_files": [{"path": path, "properties": [{"key": "proxmox.enabled", "value": "true"}, {"key": "proxmox.logpath", "value": value}]}],
}

test_fires_on_a_log_file if {
	fail2ban_logs.findings == {{
		"at": ["/config_files/0/properties/1"],
		"vars": {"jails": "proxmox", "files": "/var/log/pveproxy/access.log"},
	}} with input as _host("/etc/fail2ban/jail.d/proxmox.conf", "/var/log/pveproxy/access.log", "enabled")
}

test_silent_on_what_syslog_writes if {
	count(fail2ban_logs.findings) == 0 with input as _host("/etc/fail2ban/jail.d/proxmox.conf", "/var/log/daemon.log", "enabled")
}

_jails(files) := {
	"units": [{"name": "fail2ban.service", "file_state": "enabled"}],
	"config_files": [{"path": path, "properties": [{"key": l[0], "value": l[1]} | some l in lines]} | some path, lines in files],
}

test_fires_where_the_last_file_switches_the_jail_on if {
	{f.vars.jails | some f in fail2ban_logs.findings} == {"proxmox"} with input as _jails({
		"/etc/fail2ban/jail.conf": [["DEFAULT.enabled", "false"], ["DEFAULT.backend", "systemd"], ["apache.logpath", "/var/log/apache2/error.log"]],
		"/etc/fail2ban/jail.d/pve.conf": [["proxmox.enabled", "false"], ["proxmox.backend", "auto"]],
		"/etc/fail2ban/jail.d/pve.local": [["proxmox.enabled", "true"]],
		"/etc/fail2ban/jail.local": [["proxmox.enabled", "false"], ["proxmox.logpath", "/var/log/pveproxy/access.log"]],
	})
}

test_fires_on_sshd_which_debian_switches_on if {
	{f.vars.jails | some f in fail2ban_logs.findings} == {"sshd"} with input as _jails({"/etc/fail2ban/jail.local": [["sshd.logpath", "/var/log/sshd.log"]]})
}

test_silent_on_jails_that_are_off if {
	count(fail2ban_logs.findings) == 0 with input as _jails({"/etc/fail2ban/jail.local": [["named.logpath", "/var/log/named/security.log"], ["sshd.logpath", "/var/log/auth.log"], ["sshd.enabled", "false"]]})
}

test_silent_on_jails_that_read_the_journal if {
	count(fail2ban_logs.findings) == 0 with input as _jails({"/etc/fail2ban/jail.local": [["DEFAULT.enabled", "true"], ["proxmox.backend", "systemd"], ["proxmox.logpath", "/var/log/daemon.log"]]})
}

test_silent_on_files_of_a_program_elsewhere if {
	count(fail2ban_logs.findings) == 0 with input as _host("/etc/fail2ban/jail.local", "/srv/nginx/access.log", "enabled")
}

test_silent_where_it_does_not_run if {
	count(fail2ban_logs.findings) == 0 with input as _host("/etc/fail2ban/jail.local", "/var/log/auth.log", "disabled")
}
