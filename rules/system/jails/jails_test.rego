package rules.system.jails_test

import data.rules.system.jails

_host(files) := {
	"units": [{"name": "fail2ban.service", "active_state": "active", "file_state": "enabled"}],
	"config_files": [{"path": path, "properties": [{"key": l[0], "value": l[1]} | some l in lines]} | some path, lines in files],
}

_options(files) := x if x := {trim_prefix(concat(".", array.slice(s.option, 2, 9)), "jails."): s.value | some s in jails.settings} with input as _host(files)

_jail := {
	"/etc/fail2ban/filter.d/proxmox.conf": [["Definition.failregex", `pvedaemon\[.*authentication failure; rhost=<HOST>`], ["Definition.actionban", "x"]],
	"/etc/fail2ban/jail.d/proxmox.conf": [["proxmox.enabled", "true"], ["proxmox.backend", "systemd"], ["proxmox.maxretry", "3"], ["proxmox.banaction", "iptables"]],
}

test_a_jail_of_the_journal_with_its_filter if {
	_options(_jail) == {
		"proxmox.settings.enabled": "true", "proxmox.settings.backend": "systemd", "proxmox.settings.maxretry": "3",
		"proxmox.filter.Definition.failregex": `pvedaemon\[.*authentication failure; rhost=<HOST>`,
	}
}

test_local_holds_over_conf_and_defaults_count if {
	options := _options(object.union(_jail, {"/etc/fail2ban/jail.local": [
		["DEFAULT.bantime", "1h"], ["DEFAULT.maxretry", "4"], ["DEFAULT.ignoreip", "127.0.0.1/8, ::1 192.0.2.7"], ["DEFAULT.findtime", "10m"], ["proxmox.maxretry", "5"], ["sshd.enabled", "true"], ["DEFAULT.backend", "systemd"],
	]}))
	options["proxmox.settings.maxretry"] == "5"
	options.bantime == "1h"
	options.maxretry == 4
	options.ignoreIP == ["127.0.0.1/8", "::1", "192.0.2.7"]
	options["DEFAULT.settings.findtime"] == "10m"
	options["sshd.settings.enabled"] == "true"
}

test_jails_that_are_off_read_files_or_share_a_filter_are_left if {
	_options({"/etc/fail2ban/jail.local": [["a.enabled", "false"], ["a.backend", "systemd"]]}) == {}
	_options({"/etc/fail2ban/jail.local": [["a.enabled", "true"], ["a.logpath", "/var/log/a"]]}) == {}
	_options(object.union(_jail, {"/etc/fail2ban/jail.d/proxmox.conf": [["web.enabled", "true"], ["web.backend", "systemd"], ["web.filter", "proxmox"]]})) == {}
	_options({"/etc/fail2ban/jail.local": [["a b.enabled", "true"], ["a.enabled", "true\n[x]"], ["a.backend", "systemd"]]}) == {}
}

test_strange_defaults_are_left if {
	_options({"/etc/fail2ban/jail.local": [["DEFAULT.bantime", "1h; x"], ["DEFAULT.maxretry", "many"], ["DEFAULT.ignoreip", "$(x)"], ["DEFAULT.findtime", "x"]]}) == {}
}

test_silent_where_fail2ban_is_off if {
	count(jails.settings) == 0 with input as object.union(_host(_jail), {"units": []})
}

test_what_syslog_wrote_is_read_from_the_journal if {
	_options({"/etc/fail2ban/jail.d/proxmox.conf": [["proxmox.enabled", "true"], ["proxmox.logpath", "/var/log/daemon.log"], ["proxmox.filter", "proxmox"]]}) == {
		"proxmox.settings.enabled": "true", "proxmox.settings.filter": "proxmox", "proxmox.settings.backend": "systemd",
	}
	_options({"/etc/fail2ban/jail.local": [["a.enabled", "true"], ["a.logpath", "/var/log/syslog /var/log/a.log"]]}) == {}
}

test_sshd_reads_the_journal_as_nixos_has_it if {
	_options({"/etc/fail2ban/jail.local": [["sshd.enabled", "true"], ["sshd.port", "22,2222"]]}) == {"sshd.settings.enabled": "true", "sshd.settings.port": "22,2222"}
	_options({"/etc/fail2ban/jail.local": [["sshd.enabled", "true"], ["sshd.logpath", "/srv/log"]]}) == {}
}
