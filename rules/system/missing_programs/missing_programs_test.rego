package rules.system.missing_programs_test

import data.rules.system.missing_programs

_host(program) := {"units": [{
	"name": "agent.service", "fragment_path": "/etc/systemd/system/agent.service", "file_state": "enabled", "drop_ins": [],
	"detail": {"commands": [{"when": "ExecStart", "program": program, "arguments": []}], "settings": [{"key": "Service.ExecStart", "value": program}]},
}]}

_count(program, target) := n if n := count(missing_programs.findings) with input as _host(program)
	with data.catalog as {"programs": {"rsync": ["pkgs", "rsync"]}}
	with data.target as target

test_fires_on_a_program_that_nothing_provides if {
	missing_programs.findings == {{"at": ["/units/0"], "vars": {"units": "agent.service", "programs": "/usr/sbin/agentd"}}} with input as _host("/usr/sbin/agentd") with data.catalog as {} with data.target as "proxmox"
	_count("/usr/lib/agent/run", "proxmox") == 1
	_count("agentd", "incus") == 1
	_count("/opt/../bin/x", "incus") == 1
}

test_tools_of_pve_are_there_where_pve_is if {
	_count("/usr/sbin/qm", "proxmox") == 0
	_count("/usr/sbin/qm", "libvirt") == 1
}

test_silent_on_programs_of_packages_and_of_the_host if {
	_count("/usr/bin/rsync", "proxmox") == 0
	_count("/opt/agent/bin/agentd", "proxmox") == 0
}
