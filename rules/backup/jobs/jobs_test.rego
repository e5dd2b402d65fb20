package rules.backup.jobs_test

import data.rules.backup.jobs

_property(key, value) := {"key": key, "value": value, "fields": []}

_file(key, fields) := {"key": key, "fields": [{"name": k, "value": v} | some k, v in fields]}

_storage(type, id, properties) := {"type": type, "id": id, "properties": [_property(k, v) | some [k, v] in properties]}

_storages := [
	_storage("zfspool", "fast", [["pool", "rpool/data"]]),
	_storage("lvmthin", "thin", [["vgname", "pve"], ["thinpool", "data"]]),
	_storage("dir", "local", [["path", "/var/lib/vz"]]),
	_storage("rbd", "ceph", [["pool", "vms"], ["monhost", "192.0.2.1 192.0.2.2"]]),
	_storage("zfs", "portal", [["pool", "tank"]]),
	_storage("nfs", "nas", [["path", "/mnt/pve/nas"], ["server", "192.0.2.9"], ["export", "/v"], ["prune-backups", "keep-daily=7,keep-weekly=0,keep-last=03"]]),
	_storage("pbs", "pbs1", [["server", "pbs.example.net"], ["datastore", "home"], ["username", "hl1@pbs!backup"], ["namespace", "hl1"], ["fingerprint", concat(":", ["9a" | some _ in numbers.range(1, 32)])], ["encryption-key", "1f:0a"]]),
]

_guests := [
	{"vmid": 100, "type": "qemu", "local": true, "config": [_property("name", "web"), _file("agent", {"enabled": "1"}), _file("scsi0", {"file": "fast:vm-100-disk-0"}), _file("scsi1", {"file": "fast:vm-100-disk-1", "backup": "0"}), _file("ide2", {"file": "none", "media": "cdrom"})]},
	{"vmid": 101, "type": "qemu", "local": true, "config": [_property("name", "db"), _file("virtio0", {"file": "thin:vm-101-disk-0"})]},
	{"vmid": 102, "type": "qemu", "local": true, "config": [_property("name", "old"), _file("ide0", {"file": "local:102/vm-102-disk-0.qcow2"})]},
	{"vmid": 103, "type": "qemu", "local": true, "config": [_property("name", "far"), _file("scsi0", {"file": "ceph:vm-103-disk-0"})]},
	{"vmid": 104, "type": "qemu", "local": true, "config": [_property("name", "away"), _file("scsi0", {"file": "portal:vm-104-disk-0"})]},
	{"vmid": 200, "type": "lxc", "local": true, "config": [_property("hostname", "dns"), _file("rootfs", {"volume": "fast:subvol-200-disk-0"}), _file("mp0", {"volume": "thin:vm-200-disk-0", "mp": "/srv", "backup": "1"}), _file("mp1", {"volume": "/srv/data", "mp": "/data", "backup": "1"}), _file("mp2", {"volume": "local:200/vm-200-disk-2.raw", "mp": "/cache"})]},
]

_host(properties) := {
	"host": {"name": "pve1"},
	"guests": _guests,
	"storage": {"storages": _storages},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "backup-1", "properties": [_property(k, v) | some [k, v] in properties]}], "vzdump_cron": [], "vzdump_defaults": [{"key": "bwlimit", "value": "1000", "fields": []}, {"key": "ionice", "value": "8", "fields": []}]},
}

_nightly := _host([["all", "1"], ["schedule", "sat 02:00"], ["storage", "nas"], ["compress", "zstd"], ["repeat-missed", "1"]])

_to_server := _host([["vmid", "100,200"], ["schedule", "21:00"], ["storage", "pbs1"], ["prune-backups", "keep-all=1"]])

_value(host, target, option) := {s.value | some s in settings; array.slice(s.option, 1, 99) == option} if {
	settings := jobs.settings with input as host with data.target as target
}

_environment(host, target) := min(_value(host, target, ["services", "guest-backup-1", "environment"]))

test_a_job_becomes_a_timer_with_what_it_says if {
	env := _environment(_nightly, "libvirt")
	env.GUESTS == "100|vm|libvirt|web|freeze|drive-scsi0=zvol:rpool/data/vm-100-disk-0 101|vm|libvirt|db||drive-virtio0=thin:pve/vm-101-disk-0 102|vm|libvirt|old||drive-ide0=qemu:hda:qcow2:/var/lib/vz/images/102/vm-102-disk-0.qcow2 103|vm|libvirt|far||drive-scsi0=rbd:ceph:vms/vm-103-disk-0 200|ct|lxc|lxc-200||mp0=thin:pve/vm-200-disk-0,root=zfs:rpool/data/subvol-200-disk-0"
	[env.STORE, env.MOUNT, env.KEEP, env.BWLIMIT, env.COMPRESS, env.MODE, env.REPOSITORY] == ["/mnt/pve/nas/pve2nix/pve1", "/mnt/pve/nas", "last=3 daily=7", "1000", "zstd", "snapshot", ""]
	_value(_nightly, "libvirt", ["timers", "guest-backup-1", "timerConfig"]) == {{"OnCalendar": "Sat *-*-* 02:00:00", "Persistent": true}}
	_value(_nightly, "libvirt", ["services", "guest-backup-1", "serviceConfig"]) == {{"Type": "oneshot", "RuntimeDirectory": "guest-backup-1", "IOSchedulingClass": "idle"}}
	_value(_nightly, "libvirt", ["services", "guest-backup-1", "unitConfig", "RequiresMountsFor"]) == {["/mnt/pve/nas"]}
	{"_ref": ["config", "boot", "zfs", "package"]} in min(_value(_nightly, "libvirt", ["services", "guest-backup-1", "path"]))
}

# No storage snapshots a file, and no program of Incus gives it out.
test_guests_that_are_left_out_are_named if {
	jobs.findings == {{"at": ["/guests/2", "/guests/4"], "vars": {"unit": "guest-backup-1", "vmids": "102, 104"}}} with input as _nightly with data.target as "incus"
	jobs.findings == {{"at": ["/guests/4"], "vars": {"unit": "guest-backup-1", "vmids": "104"}}} with input as _nightly with data.target as "libvirt"
	count(jobs.findings) == 0 with input as _to_server with data.target as "libvirt"
}

test_incus_exports_the_root_of_a_container if {
	env := _environment(_nightly, "incus")
	contains(env.GUESTS, "200|ct|incus|dns||mp0=thin:pve/vm-200-disk-0,root=export:root")
	contains(env.GUESTS, "100|vm|incus|web||drive-scsi0=zvol:rpool/data/vm-100-disk-0")
	{"_ref": ["config", "virtualisation", "incus", "clientPackage"]} in min(_value(_nightly, "incus", ["services", "guest-backup-1", "path"]))
}

# The scheduler of PVE goes on with the virtual machines.
test_on_proxmox_only_containers_are_left_to_the_timer if {
	_environment(_to_server, "proxmox").GUESTS == "200|ct|lxc|lxc-200||mp0=thin:pve/vm-200-disk-0,root=zfs:rpool/data/subvol-200-disk-0"
	_environment(_to_server, "proxmox").PBS_PASSWORD_FILE == "/etc/pve/priv/storage/pbs1.pw"
	{["PVE-BAK-004"]} == {b.params.closes | some b in jobs.bridges} with input as _to_server with data.target as "proxmox"
	count(jobs.findings) + count(jobs.carries) == 0 with input as _nightly with data.target as "proxmox"
}

test_a_backup_server_is_asked_with_copies_of_its_secrets if {
	env := _environment(_to_server, "libvirt")
	[env.REPOSITORY, env.NAMESPACE, env.KEYFILE, env.PBS_PASSWORD_FILE, env.KEEP, env.STORE] == ["hl1@pbs!backup@pbs.example.net:8007:home", "hl1", "/var/lib/pve2nix/etc/pve/priv/storage/pbs1.enc", "/var/lib/pve2nix/etc/pve/priv/storage/pbs1.pw", "", ""]
	{c.path | some c in jobs.carries} == {"/etc/pve/priv/storage/pbs1.pw", "/etc/pve/priv/storage/pbs1.enc"} with input as _to_server with data.target as "libvirt"
	jobs.checks == {{"at": ["/jobs/scheduled/0"], "check": "unit-active", "params": {"unit": "guest-backup-1.timer"}, "required": true}} with input as _to_server with data.target as "libvirt"
}

# The client of the server has no form for what Incus exports.
test_a_container_of_incus_does_not_go_to_the_backup_server if {
	_environment(_to_server, "incus").GUESTS == "100|vm|incus|web||drive-scsi0=zvol:rpool/data/vm-100-disk-0"
	{f.vars.vmids | some f in jobs.findings} == {"200"} with input as _to_server with data.target as "incus"
}

test_what_cannot_be_said_becomes_no_timer if {
	every properties in [
		[["all", "1"], ["schedule", "mon..fri 22"], ["storage", "nas"]],
		[["all", "1"], ["schedule", "21:00"], ["storage", "gone"]],
		[["all", "1"], ["schedule", "21:00"], ["storage", "thin"]],
		[["all", "1"], ["schedule", "21:00"], ["storage", "nas"], ["mode", "magic"]],
		[["all", "1"], ["schedule", "21:00"], ["storage", "nas"], ["compress", "$(reboot)"]],
		[["all", "1"], ["schedule", "21:00"], ["storage", "nas"], ["prune-backups", "keep-last=many"]],
		[["all", "1"], ["schedule", "21:00"], ["storage", "nas"], ["node", "pve2"]],
		[["vmid", "104"], ["schedule", "21:00"], ["storage", "nas"]],
	] {
		count(jobs.settings) + count(jobs.bridges) == 0 with input as _host(properties) with data.target as "libvirt"
	}
}

_cron(user, options) := object.union(_host([]), {"jobs": {"scheduled": [], "vzdump_cron": [{"schedule": "30 3 * * 6", "user": user, "program": "vzdump", "source": "/etc/pve/vzdump.cron:6", "backup": {"enabled": true, "options": [{"name": k, "value": v} | some [k, v] in options]}}], "vzdump_defaults": []}})

test_a_line_of_cron_becomes_a_timer if {
	host := _cron("root", [["vmid", "100 101"], ["storage", "local"], ["maxfiles", "2"], ["mode", "stop"], ["compress", "1"], ["bwlimit", "0"]])
	_value(host, "libvirt", ["timers", "guest-cron-0", "timerConfig"]) == {{"OnCalendar": "Sat *-*-* 03:30:00", "Persistent": false}}
	env := min(_value(host, "libvirt", ["services", "guest-cron-0", "environment"]))
	[env.KEEP, env.MODE, env.COMPRESS, env.BWLIMIT, env.STORE, env.MOUNT] == ["last=2", "stop", "lzo", "0", "/var/lib/vz/pve2nix/pve1", ""]
	{"_ref": ["pkgs", "lzop"]} in min(_value(host, "libvirt", ["services", "guest-cron-0", "path"]))
}

test_a_line_of_another_user_or_node_is_left if {
	count(jobs.settings) == 0 with input as _cron("nobody", [["vmid", "100"], ["storage", "local"]]) with data.target as "libvirt"
	count(jobs.settings) == 0 with input as _cron("root", [["vmid", "100"], ["storage", "local"], ["node", "pve2"]]) with data.target as "libvirt"
}

test_images_of_ceph_are_read_from_snapshots if {
	host := _host([["vmid", "103"], ["schedule", "21:00"], ["storage", "nas"]])
	every target in ["incus", "libvirt"] {
		env := _environment(host, target)
		[env.CEPH, contains(env.GUESTS, "drive-scsi0=rbd:ceph:vms/vm-103-disk-0")] == ["ceph --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph.keyring -m 192.0.2.1,192.0.2.2", true]
	}
	{"_ref": ["pkgs", "ceph-client"]} in min(_value(host, "libvirt", ["services", "guest-backup-1", "path"]))
	{"/etc/pve/priv/ceph/ceph.keyring"} == {c.path | some c in jobs.carries} with input as host with data.target as "libvirt"
	["rbd"] in {s.value | some s in jobs.settings; s.option == ["boot", "kernelModules"]} with input as host with data.target as "libvirt"
	_environment(_to_server, "libvirt").CEPH == ""
}

test_what_a_job_says_beside_its_guests if {
	words := [["vmid", "100,200"], ["schedule", "21:00"], ["storage", "nas"], ["script", "/usr/local/bin/hook"], ["mailto", "ops@example.net"], ["mailnotification", "failure"], ["notes-template", "{{guestname}} ({{vmid}}) of {{cluster}}\\non {{node}}"], ["exclude-path", "/var/cache/ /srv/tmp/?* *.bak"]]
	host := object.union(_host(words), {"units": [{"name": "postfix.service", "file_state": "enabled", "active_state": "active"}]})
	env := _environment(host, "libvirt")
	[env.SCRIPT, env.LABEL_100, env.MAILTO, env.MAILWHEN, env.NOTES_100, env.NOTES_200] == ["/usr/local/bin/hook", "web", "ops@example.net", "failure", "web (100) of standalone node on pve1", "dns (200) of standalone node on pve1"]
	[env.EXCLUDE_200_root, env.EXCLUDE_200_mp0] == ["./var/cache ./srv/tmp/?* *.bak", "./tmp/?* *.bak"]
	{c.path | some c in jobs.carries} == {"/usr/local/bin/hook"} with input as host with data.target as "libvirt"
	["services", "envfs"] in {s.option | some s in jobs.settings} with input as host with data.target as "libvirt"
	path := min(_value(host, "libvirt", ["services", "guest-backup-1", "path"]))
	{"/run/wrappers", "/run/current-system/sw"} & {p | some p in path} == {"/run/wrappers", "/run/current-system/sw"}
	at := {p | some b in jobs.bridges; some p in b.at} with input as host with data.target as "libvirt"
	count({sprintf("/jobs/scheduled/0/properties/%d", [i]) | some i in numbers.range(0, 7)} - at) == 0
}

# The paths would hold for the mount point as well, the script is in the database that is gone, and nobody sends mail.
test_what_cannot_be_done_as_it_was_is_not_claimed if {
	host := _host([["vmid", "200"], ["schedule", "21:00"], ["storage", "pbs1"], ["script", "/etc/pve/hook.pl"], ["mailto", "ops@example.net"], ["notes-template", "$(reboot)"], ["exclude-path", "/var/cache"]])
	env := _environment(host, "libvirt")
	[env.SCRIPT, env.MAILTO] == ["", ""]
	count([k | some k, _ in env; regex.match(`^(EXCLUDE|NOTES|LABEL)_`, k)]) == 0
	at := {p | some b in jobs.bridges; some p in b.at} with input as host with data.target as "libvirt"
	count({sprintf("/jobs/scheduled/0/properties/%d", [i]) | some i in numbers.range(3, 6)} & at) == 0
	_environment(host, "proxmox").SCRIPT == ""
}

test_readers_of_notifications_that_call_sendmail_are_told if {
	target := {"type": "sendmail", "id": "mail-to-root", "properties": [_property("mailto-user", "root@pam"), _property("mailto", "ops@example.net")]}
	host := object.union(_to_server, {
		"units": [{"name": "postfix.service", "file_state": "enabled", "active_state": "active"}],
		"notifications": [target, {"type": "matcher", "id": "default-matcher", "properties": [_property("target", "mail-to-root")]}],
	})
	env := _environment(host, "libvirt")
	[env.MAILTO, env.MAILWHEN] == ["ops@example.net, root", "always"]
	_environment(object.union(host, {"notifications": [target]}), "libvirt").MAILTO == ""
	_environment(host, "proxmox").MAILTO == ""
}

test_a_server_gets_marks_and_the_master_key if {
	storages := [object.union(s, {"properties": array.concat(s.properties, [_property("master-pubkey", "1") | s.id == "pbs1"])}) | some s in _storages]
	host := object.union(_host([["vmid", "100,200"], ["schedule", "21:00"], ["storage", "pbs1"], ["protected", "1"]]), {"storage": {"storages": storages}})
	env := _environment(host, "libvirt")
	[env.PROTECTED, env.MASTERKEY] == ["1", "/var/lib/pve2nix/etc/pve/priv/storage/pbs1.master.pem"]
	"/etc/pve/priv/storage/pbs1.master.pem" in {c.path | some c in jobs.carries} with input as host with data.target as "libvirt"
}

test_a_job_that_is_off_has_a_timer_that_nothing_starts if {
	host := _host([["all", "1"], ["schedule", "21:00"], ["storage", "nas"], ["enabled", "0"]])
	count(_value(host, "libvirt", ["timers", "guest-backup-1", "timerConfig"])) == 1
	count(_value(host, "libvirt", ["timers", "guest-backup-1", "wantedBy"])) == 0
	count(jobs.checks) + count(jobs.findings) == 0 with input as host with data.target as "libvirt"
	"/jobs/scheduled/0/properties/3" in {p | some b in jobs.bridges; some p in b.at} with input as host with data.target as "libvirt"
}
