package rules.backup.uncovered_test

import data.rules.backup.uncovered

_job(properties) := {"type": "vzdump", "id": "b", "properties": [{"key": key, "value": value} | some key, value in properties]}

_host(jobs) := {
	"capture": {"areas": [{"name": "jobs", "status": "known"}]},
	"host": {"name": "pve1"},
	"access": {"pools": [{"id": "prod", "guests": ["100"]}]},
	"jobs": {"scheduled": jobs, "vzdump_cron": []},
	"guests": [
		{"vmid": 100, "type": "qemu", "local": true, "config": []},
		{"vmid": 101, "type": "lxc", "local": true, "config": []},
		{"vmid": 900, "type": "qemu", "local": true, "config": [{"key": "template", "value": "1"}]},
	],
}

_vmids(jobs) := found if {
	set := uncovered.findings with input as _host(jobs)
	found := {f.vars.vmids | some f in set}
}

test_fires_on_what_no_job_selects if {
	_vmids([_job({"vmid": "100,102"})]) == {"101"}
	_vmids([_job({"pool": "prod"})]) == {"101"}
	_vmids([_job({"all": "1", "exclude": "100"})]) == {"100"}
}

test_fires_where_jobs_are_off_or_elsewhere if {
	_vmids([_job({"all": "1", "enabled": "0"}), _job({"all": "1", "node": "pve2"})]) == {"100, 101"}
}

test_silent_where_all_are_covered if {
	_vmids([_job({"all": "1", "node": "pve1"})]) == set()
	_vmids([_job({"vmid": "100"}), _job({"vmid": "101"})]) == set()
}

test_silent_where_the_jobs_are_not_known if {
	host := json.patch(_host([]), [{"op": "replace", "path": "/capture/areas", "value": []}])
	count(uncovered.findings) == 0 with input as host
}
