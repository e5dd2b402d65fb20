package rules.system.log_rotation_test

import data.rules.system.log_rotation

_host(file, lines) := {
	"packages": [{"name": "nginx", "status": "installed"}],
	"config_files": [{"path": sprintf("/etc/logrotate.d/%s", [file]), "properties": [{"key": key, "value": value} | some [key, value] in lines]}],
}

_options(file, lines) := {s.option[3]: {x.option[4]: x.value | some x in settings; x.option[3] == s.option[3]} | some s in settings} if {
	settings := log_rotation.settings with input as _host(file, lines)
}

test_numbers_and_flags_are_taken_over if {
	_options("backup", [["/var/log/backup.log.monthly", ""], ["/var/log/backup.log.rotate", "6"], ["/var/log/backup.log.compress", ""], ["/var/log/backup.log.maxsize", "10M"], ["/var/log/backup.log.create", "0640 root adm"]]) == {"/var/log/backup.log": {
		"frequency": "monthly", "rotate": 6, "compress": true, "maxsize": "10M", "create": "0640 root adm", "missingok": true,
	}}
}

test_the_last_line_holds if {
	_options("backup", [["/var/log/b.log.rotate", "6"], ["/var/log/b.log.rotate", "9"]])["/var/log/b.log"].rotate == 9
}

test_files_of_packages_are_left if {
	_options("nginx", [["/var/log/nginx/x.log.rotate", "6"]]) == {}
	_options("wtmp", [["/var/log/wtmp.rotate", "1"]]) == {}
}

test_commands_strange_values_and_paths_are_left if {
	_options("a", [["/var/log/a.log.rotate", "6"], ["/var/log/a.log.postrotate", "x"]]) == {}
	_options("a", [["/var/log/a.log.rotate", "6; x"], ["/var/log/../a.log.rotate", "6"], ["/var/log/a.log.create", "0644 me me"]]) == {}
}
