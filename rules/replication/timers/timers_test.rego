package rules.replication.timers_test

import data.rules.replication.timers

_disk(key, storage, vmid, more) := {"key": key, "value": "x", "fields": array.concat([{"name": "file", "value": sprintf("%s:vm-%d-disk-0", [storage, vmid])}], more)}

_storage(id, type, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v} | some k, v in properties]}

_job(id, properties) := {"type": "local", "id": id, "properties": [{"key": k, "value": v} | some k, v in properties]}

_host(jobs) := {
	"host": {"name": "pve1"},
	"guests": [
		{"vmid": 100, "type": "qemu", "local": true, "config": [_disk("scsi0", "tank", 100, []), _disk("scsi1", "local-lvm", 100, [{"name": "replicate", "value": "0"}])]},
		{"vmid": 101, "type": "qemu", "local": true, "config": [_disk("scsi0", "tank", 101, []), _disk("scsi1", "local-lvm", 101, [])]},
		{"vmid": 102, "type": "qemu", "local": false, "config": [_disk("scsi0", "tank", 102, [])]},
	],
	"storage": {"storages": [_storage("tank", "zfspool", {"pool": "tank/vm"}), _storage("local-lvm", "lvmthin", {"vgname": "pve", "thinpool": "data"})]},
	"cluster": {
		"nodes": [{"name": "pve1", "id": 1, "local": true, "addresses": ["10.0.0.1"]}, {"name": "pve2", "id": 2, "local": false, "addresses": ["10.0.0.2"]}],
		"replication": jobs,
	},
}

_settings(host) := settings if {
	settings := timers.settings with input as host with data.target as "libvirt"
}

_units(host) := {s.option[2] | some s in _settings(host)}

_value(host, kind, path) := [s.value | some s in _settings(host); s.option[1] == kind; array.slice(s.option, 3, 9) == path][0]

test_a_timer_goes_on_with_a_job if {
	host := _host([_job("100-0", {"target": "pve2", "schedule": "*/30", "rate": "1.5"})])
	_units(host) == {"replicate-100-0"}
	_value(host, "services", ["environment"]) == {"ADDRESS": "10.0.0.2", "JOB": "100-0", "LC_ALL": "C", "NODE": "pve1", "RATE": "1500000", "TARGET": "pve2", "VMID": "100", "VOLUMES": "zvol:tank/vm/vm-100-disk-0"}
	_value(host, "services", ["unitConfig", "ConditionPathExists"]) == ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]
	_value(host, "timers", ["timerConfig"]) == {"OnCalendar": "*-*-* *:00/30:00"}
}

test_every_quarter_of_an_hour_without_a_word if {
	host := _host([_job("100-0", {"target": "pve2"})])
	_value(host, "timers", ["timerConfig"]).OnCalendar == "*-*-* *:00/15:00"
	_value(host, "services", ["environment"]).RATE == ""
}

test_keys_and_hosts_come_along if {
	host := _host([_job("100-0", {"target": "pve2"})])
	{c.path | some c in timers.carries} == {"/root/.ssh/id_rsa", "/root/.ssh/id_ed25519", "/etc/pve/priv/known_hosts", "/etc/pve/nodes/pve2/ssh_known_hosts"} with input as host with data.target as "libvirt"
	{c.secret | some c in timers.carries} == {true} with input as host with data.target as "libvirt"
	{b.at | some b in timers.bridges} == {["/cluster/replication/0", "/cluster/replication/0/properties/0"]} with input as host with data.target as "libvirt"
	{c.params.unit | some c in timers.checks} == {"replicate-100-0.timer"} with input as host with data.target as "libvirt"
}

test_incus_has_it_for_virtual_machines if {
	host := _host([_job("100-0", {"target": "pve2"})])
	{s.option[2] | some s in timers.settings} == {"replicate-100-0"} with input as host with data.target as "incus"
}

# Near misses: a disk that no job can send, a guest of another node, a job that is off or leaves, a node that is gone, times and names that nobody can read.
test_silent_for_what_no_job_sends if {
	_units(_host([
		_job("101-0", {"target": "pve2"}), _job("102-0", {"target": "pve2"}), _job("100-1", {"target": "pve2", "disable": "1"}),
		_job("100-2", {"target": "pve2", "remove_job": "full"}), _job("100-3", {"target": "pve3"}), _job("100-4", {"target": "pve1"}),
		_job("100-5", {"target": "pve2", "schedule": "whenever; reboot"}),
	])) == set()
}

test_hostile_addresses_are_not_called if {
	host := json.patch(_host([_job("100-0", {"target": "pve2"})]), [{"op": "replace", "path": "/cluster/nodes/1/addresses/0", "value": "-oProxyCommand=x"}])
	_units(host) == set()
	named := json.patch(_host([_job("100-0", {"target": "pve2"})]), [{"op": "replace", "path": "/cluster/nodes/1/addresses/0", "value": "pve2.example.net"}])
	_units(named) == {"replicate-100-0"}
}
