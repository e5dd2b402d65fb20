# METADATA
# scope: package
# title: Rights on virtual machines are narrower than before
# description: |
#  {users} have accounts on this host, and get on libvirt what it has a word for: to look at
#  their virtual machines, start and stop them, see their screen. It has none for {left}, or
#  one that would give away more than the guest, because the caller names files of the host:
#  who may take a snapshot may overwrite any file. Where a guest has an agent, users of the
#  connection that writes see its state and its serial console only with a right on the
#  agent. Containers, storages and the web interface are not among it.
# custom:
#  id: PVE-ACC-023
#  kind: gap
#  category: feature
#  severity: major
#  component: permissions
#  equivalent: security.polkit.extraConfig, security.sudo.extraRules
#  account: review
#  workaround: |
#   Give single commands by security.sudo.extraRules, with the whole command line, as in
#   `virsh snapshot-create-as web1 before`; or put who may be root on this host into the
#   group libvirtd, users.users.NAME.extraGroups.
#  test:
#   before: |
#    `pveum user permissions NAME --path /vms/ID` prints the privileges of a user.
#   after: |
#    On the new system `sudo -u NAME virsh -c qemu:///system list --all` prints the guests of
#    that user and no other, and `sudo -u NAME virsh -c qemu:///system snapshot-create ID`
#    prints "access denied".
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/aclpolkit.html
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
package rules.access.rights_narrower

import data.lib.rights

_custom[r.id] contains i if some i, r in input.access.roles

_members[sprintf("@%s", [g.id])] contains user if {
	some g in input.access.groups
	some user in g.users
}

_here contains user if some user, _ in rights.permissions

# Everybody whom the entry is for has what it gives, and it gives nothing else.
_whole(acl) if {
	every subject in acl.subjects { _known(subject) }
	every role in acl.roles {
		_custom[role]
		every p in rights.privileges(role) { _carried(p) }
	}
}

_known(subject) if subject in _here

_known(subject) if {
	count(_members[subject]) > 0
	count(_members[subject] - _here) == 0
}

_carried(p) if {
	startswith(p, "VM.")
	not p in _left
}

_left contains p if {
	some user in _here
	some p in rights.left[user]
}

_narrow contains i if {
	some i, _ in rights.entries
	not _whole(input.access.acls[i])
}

_users contains user if {
	some i in _narrow
	some subject in rights.entries[i]
	some user in _here
	subject in ({user} | rights.memberships[user])
}

_at := {sprintf("/access/acls/%d", [i]) | some i in _narrow} | {rights.people[user].at | some user in _users}

findings contains {"at": sort(_at), "vars": {
	"users": concat(", ", sort(_users)),
	"left": _said,
}} if {
	count(_narrow) > 0
}

_said := concat(", ", array.slice(sort(_left), 0, 12)) if {
	count(_left) > 0
} else := "nodes, storages and containers"
