package rules.services.guests_wait_test

import data.rules.services.guests_wait

_host(settings) := {"units": [{"name": "pve-guests.service", "file_state": "enabled", "drop_ins": [], "detail": {"settings": settings}}]}

_in := "/etc/systemd/system/pve-guests.service.d/wait.conf:2"

test_fires_on_an_order if {
	guests_wait.findings == {{
		"at": ["/units/0"],
		"vars": {"units": "docker.service, mnt-pve-nas.mount", "commands": "none"},
	}} with input as _host([{"key": "Unit.After", "value": "docker.service mnt-pve-nas.mount", "source": _in}])
}

test_fires_on_a_wait if {
	guests_wait.findings == {{
		"at": ["/units/0"],
		"vars": {"units": "nothing more", "commands": "/bin/sleep 60"},
	}} with input as _host([{"key": "Service.ExecStartPre", "value": "/bin/sleep 60", "source": _in}])
}

test_silent_on_pves_own_order if {
	count(guests_wait.findings) == 0 with input as _host([{"key": "Unit.After", "value": "pveproxy.service", "source": "/lib/systemd/system/pve-guests.service:3"}])
}
