package lib.rights_test

import data.lib.rights

catalog := {
	"shells": {"/bin/bash": {"package": "bash"}},
	"access_roles": {
		"PVEVMUser": {"VM.Audit": {}, "VM.Backup": {}, "VM.Console": {}, "VM.GuestAgent.Audit": {"since": 9}, "VM.PowerMgmt": {}},
		"PVEAuditor": {"Sys.Audit": {}, "VM.Audit": {}},
	},
	"access_privileges": {"VM.Monitor": {"until": 8}},
	"libvirt_rights": {
		"getattr": {"of": ["VM.Audit"], "reads": true},
		"read": {"of": ["VM.Audit"], "agent": ["VM.GuestAgent.Audit", "VM.Monitor"], "reads": true},
		"open_graphics": {"of": ["VM.Console"]},
		"start": {"of": ["VM.PowerMgmt"]},
	},
}

_guest(vmid, config) := {"vmid": vmid, "type": "qemu", "local": true, "config": config}

_agent := [{"key": "agent", "value": "1", "fields": [{"name": "enabled", "value": "1"}]}]

host(acls, change) := object.union(
	{
		"host": {"name": "pve1", "pve_major": 8},
		"capture": {"time": "2026-01-01T00:00:00Z"},
		"cluster": {"nodes": [{"name": "pve1", "local": true}]},
		"system": {
			"users": [
				{"name": "root", "uid": 0, "gid": 0, "home": "/root", "shell": "/bin/bash"},
				{"name": "anna", "uid": 1000, "gid": 1000, "home": "/home/anna", "shell": "/bin/bash"},
				{"name": "ben", "uid": 1001, "gid": 1001, "home": "/home/ben", "shell": "/bin/bash"},
			],
			"groups": [],
		},
		"guests": [_guest(100, []), _guest(101, _agent), _guest(102, [])],
		"access": {
			"users": [
				{"id": "root@pam", "enabled": true, "expire": 0},
				{"id": "anna@pam", "enabled": true, "expire": 0},
				{"id": "ben@pam", "enabled": true, "expire": 0},
				{"id": "carla@pam", "enabled": true, "expire": 0},
			],
			"groups": [{"id": "ops", "users": ["anna@pam", "ben@pam"]}],
			"roles": [{"id": "Power", "privileges": ["VM.Audit", "VM.PowerMgmt"]}],
			"acls": acls,
			"tokens": [],
			"pools": [{"id": "lab/inner", "guests": ["102"], "storages": []}],
			"realms": [],
		},
	},
	change,
)

acl(path, propagate, subject, role) := {"path": path, "propagate": propagate, "subjects": [subject], "roles": [role]}

_permissions(acls) := got if {
	got := rights.permissions with input as host(acls, {}) with data.catalog as catalog
}

test_entry_on_a_guest if {
	_permissions([acl("/vms/100", true, "anna@pam", "Power")]) == {"anna@pam": {100: {"getattr", "read", "start"}}}
}

test_entry_that_does_not_propagate_holds_at_its_place_alone if {
	_permissions([acl("/vms", false, "anna@pam", "Power")]) == {}
	_permissions([acl("/vms/100", false, "anna@pam", "Power")]) == {"anna@pam": {100: {"getattr", "read", "start"}}}
}

test_nearer_entry_replaces_those_above if {
	acls := [acl("/", true, "@ops", "Power"), acl("/vms/100", true, "anna@pam", "PVEAuditor"), acl("/vms/101", true, "@ops", "NoAccess")]
	got := _permissions(acls)
	got["anna@pam"] == {100: {"getattr", "read"}, 102: {"getattr", "read", "start"}}
	object.keys(got["ben@pam"]) == {100, 102}
}

test_own_entry_goes_before_that_of_the_group if {
	acls := [acl("/vms/100", true, "@ops", "PVEVMUser"), acl("/vms/100", true, "anna@pam", "NoAccess")]
	object.keys(_permissions(acls)) == {"ben@pam"}
}

test_last_of_two_equal_entries_holds if {
	_permissions([acl("/vms", true, "anna@pam", "Power"), acl("/vms", false, "anna@pam", "Power")]) == {}
}

test_pool_adds_to_the_guest if {
	_permissions([acl("/pool/lab", true, "anna@pam", "Power")]) == {"anna@pam": {102: {"getattr", "read", "start"}}}
	_permissions([acl("/pool/lab", true, "anna@pam", "Power"), acl("/vms/102", true, "anna@pam", "NoAccess")]) == {}
	_permissions([acl("/pool/lab", true, "anna@pam", "NoAccess"), acl("/vms/102", true, "anna@pam", "Power")]) == {}
}

test_the_agent_needs_a_right_of_its_own if {
	acls := [acl("/vms/101", true, "anna@pam", "Power")]
	_permissions(acls) == {"anna@pam": {101: {"getattr", "start"}}}

	with_monitor := {"access": object.union(host(acls, {}).access, {"roles": [{"id": "Power", "privileges": ["VM.Audit", "VM.Monitor", "VM.PowerMgmt"]}]})}
	rights.permissions == {"anna@pam": {101: {"getattr", "read", "start"}}} with input as host(acls, with_monitor) with data.catalog as catalog

	# Version 9 drops the word.
	later := object.union(with_monitor, {"host": {"pve_major": 9}})
	rights.permissions == {"anna@pam": {101: {"getattr", "start"}}} with input as host(acls, later) with data.catalog as catalog
}

test_who_only_looks_has_no_way_to_the_agent if {
	_permissions([acl("/vms/101", true, "anna@pam", "PVEAuditor")]) == {"anna@pam": {101: {"getattr", "read"}}}
}

test_nothing_without_the_right_to_look if {
	acls := [acl("/vms/100", true, "anna@pam", "Blind")]
	blind := {"access": object.union(host(acls, {}).access, {"roles": [{"id": "Blind", "privileges": ["VM.PowerMgmt"]}]})}
	rights.permissions == {} with input as host(acls, blind) with data.catalog as catalog
	rights.left == {"anna@pam": {"VM.PowerMgmt"}} with input as host(acls, blind) with data.catalog as catalog
}

test_nobody_without_an_account_a_right_or_time if {
	_permissions([acl("/", true, "carla@pam", "Power"), acl("/", true, "root@pam", "Power"), acl("/", true, "anna@pam!t", "Power")]) == {}

	ended := {"access": object.union(host([acl("/", true, "anna@pam", "Power")], {}).access, {"users": [{"id": "anna@pam", "enabled": true, "expire": 100}]})}
	rights.permissions == {} with input as host([], ended) with data.catalog as catalog

	off := {"access": object.union(host([acl("/", true, "anna@pam", "Power")], {}).access, {"users": [{"id": "anna@pam", "enabled": false, "expire": 0}]})}
	rights.permissions == {} with input as host([], off) with data.catalog as catalog
}

test_rights_on_the_node if {
	rights.on_node == {"anna@pam": {"PVEAuditor"}} with input as host([acl("/nodes/pve1", true, "anna@pam", "PVEAuditor")], {}) with data.catalog as catalog
	rights.on_node == {} with input as host([acl("/nodes/pve2", true, "anna@pam", "PVEAuditor")], {}) with data.catalog as catalog
}

test_what_no_permission_carries if {
	rights.left == {"anna@pam": {"VM.Backup"}} with input as host([acl("/vms/100", true, "anna@pam", "PVEVMUser")], {}) with data.catalog as catalog
}

test_entries_that_give_it if {
	acls := [acl("/vms/100", true, "@ops", "Power"), acl("/storage/x", true, "anna@pam", "Power"), acl("/vms/100", true, "other@pve", "Power")]
	rights.entries == {0: {"@ops"}} with input as host(acls, {}) with data.catalog as catalog
}
