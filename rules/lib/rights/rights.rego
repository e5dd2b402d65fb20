# METADATA
# title: Rights of accounts of the host on virtual machines
# description: |
#  What user.cfg gives to users of the realm pam that have an account here, as
#  Proxmox VE works it out: the entry nearest to the guest replaces those above
#  it, one of the user those of his groups, and the pool of a guest adds to it.
#  NoAccess takes all. Tokens are not among them.
package lib.rights

import data.lib.accounts
import data.lib.clock
import data.lib.domains

# METADATA
# title: Users of the realm pam with an account on this host
# description: id → {name, expire, at}; enabled ones, without root, that have not expired. expire is 0 for never.
people[u.id] := {"name": name, "expire": u.expire, "at": sprintf("/access/users/%d", [i])} if {
	some i, u in input.access.users
	u.enabled
	endswith(u.id, "@pam")
	name := trim_suffix(u.id, "@pam")
	name in accounts.logins
	name != "root"
	count(_users[u.id]) == 1
	_lasts(u.expire)
}

_users[u.id] contains i if some i, u in input.access.users

_lasts(0)

_lasts(expire) if expire > clock.captured

# METADATA
# title: Groups that they are in
# description: id of the user → names with an @, as entries have them
memberships[user] := {sprintf("@%s", [g.id]) |
	some g in input.access.groups
	user in g.users
} if {
	some user, _ in people
}

# Of two entries for the same the last one holds, as when Proxmox VE reads the file.
_entries := object.union_n([{acl.path: {subject: {role: acl.propagate}}} |
	some acl in input.access.acls
	some subject in acl.subjects
	some role in acl.roles
])

# What holds at the last of the places, which begin at the root.
_roles(user, places) := _nearest([found |
	some i, place in places
	found := _at(user, place, i == (count(places) - 1))
	count(found) > 0
])

_nearest(found) := {"NoAccess"} if {
	"NoAccess" in found[count(found) - 1]
} else := found[count(found) - 1] if {
	count(found) > 0
} else := set()

_at(user, place, last) := own if {
	own := _given(place, user, last)
	count(own) > 0
} else := union({_given(place, group, last) | some group in memberships[user]})

_given(place, subject, last) := {role |
	some role, propagate in object.get(_entries, [place, subject], {})
	_holds(propagate, last)
}

_holds(_, true)

_holds(true, false)

# METADATA
# title: Pools of a guest
pools[vmid] contains p.id if {
	some p in input.access.pools
	some text in p.guests
	regex.match(`^[1-9][0-9]{0,8}$`, text)
	vmid := to_number(text)
}

# METADATA
# title: Paths that lead to a pool
# description: "/pool/a/b has those of /pool/a above it."
places_of_pool(id) := array.concat(["/", "/pool"], [sprintf("/pool/%s", [concat("/", array.slice(parts, 0, n))]) |
	parts := split(id, "/")
	some n in numbers.range(1, count(parts))
])

# METADATA
# title: Paths that lead to a guest
places(vmid) := ["/", "/vms", sprintf("/vms/%d", [vmid])]

_of_pools[user][vmid] := union({_roles(user, places_of_pool(id)) | some id in object.get(pools, vmid, set())}) if {
	some user, _ in people
	some vmid, _ in domains.list
}

# METADATA
# title: Roles of a user on a virtual machine
# description: id of the user → vmid → names of roles
roles[user][vmid] := found if {
	some user, _ in people
	some vmid, _ in domains.list
	found := _roles(user, places(vmid)) | _of_pools[user][vmid]
	not "NoAccess" in found
	count(found) > 0
}

# METADATA
# title: Roles of a user on this node
on_node[user] := found if {
	some user, _ in people
	found := _roles(user, ["/", "/nodes", sprintf("/nodes/%s", [input.host.name])])
	not "NoAccess" in found
	count(found) > 0
}

_custom[r.id] := union({{p | some p in same.privileges} | some same in input.access.roles; same.id == r.id}) if {
	some r in input.access.roles
}

# METADATA
# title: Privileges of a role
# description: Those that this version of Proxmox VE knows.
privileges(role) := {p |
	some p in object.get(_custom, role, set())
	_known(object.get(data.catalog.access_privileges, p, {}))
} | {p |
	some p, when in object.get(data.catalog.access_roles, role, {})
	_known(when)
}

_known({})

_known({"since": major}) if input.host.pve_major >= major

_known({"until": major}) if input.host.pve_major <= major

_by_role[role] := privileges(role) if {
	some per_guest in roles
	some found in per_guest
	some role in found
}

# METADATA
# title: Privileges of a user on a virtual machine
# description: id of the user → vmid → privileges
held[user][vmid] := union({_by_role[role] | some role in found}) if {
	some user, per_guest in roles
	some vmid, found in per_guest
}

_allowed(held_here, permission, agent) if {
	row := data.catalog.libvirt_rights[permission]
	some p in row.of
	p in held_here
	_past_agent(row, held_here, agent)
}

_past_agent(row, _, _) if not row.agent

_past_agent(_, _, false)

_past_agent(row, held_here, true) if {
	some p in row.agent
	p in held_here
}

# What reads only is no way to the agent for those who have no more than that: they get the connection that reads.
_with_agent(vmid, user) if {
	domains.agent(domains.list[vmid])
	writers[user]
}

_agent(vmid, user) if {
	_with_agent(vmid, user)
} else := false

# METADATA
# title: Users who may do more than look
writers[user] if {
	some user, per_guest in held
	some _, privs in per_guest
	some permission, row in data.catalog.libvirt_rights
	not row.reads
	_allowed(privs, permission, false)
}

# METADATA
# title: Permissions of libvirt that a user's privileges cover
# description: id of the user → vmid → permissions on the domain; none without getattr, by which libvirt finds a domain
permissions[user][vmid] := found if {
	some user, per_guest in held
	some vmid, privs in per_guest
	found := {permission |
		some permission, _ in data.catalog.libvirt_rights
		_allowed(privs, permission, _agent(vmid, user))
	}
	"getattr" in found
}

# METADATA
# title: Privileges that no permission carries
# description: id of the user → privileges about virtual machines
left[user] := found if {
	some user, per_guest in held
	found := {p |
		some vmid, privs in per_guest
		some p in privs
		startswith(p, "VM.")
		not _carried(p, object.get(permissions, [user, vmid], set()))
	}
	count(found) > 0
}

_carried(privilege, given) if {
	some permission in given
	privilege in _covers[permission]
}

_covers[permission] := {p | some p in row.of} | {p | some p in object.get(row, "agent", [])} if {
	some permission, row in data.catalog.libvirt_rights
}

# METADATA
# title: Entries that the permissions come from
# description: pointers of the entries for these users and their groups on paths that lead to their guests
entries[i] := subjects if {
	some i, acl in input.access.acls
	acl.path in _reached
	subjects := {s | some s in acl.subjects} & _subjects
	count(subjects) > 0
}

_reached contains place if {
	some _, per_guest in permissions
	some vmid, _ in per_guest
	some place in array.concat(places(vmid), array.flatten([places_of_pool(id) | some id in object.get(pools, vmid, set())]))
}

_subjects contains s if {
	some user, _ in permissions
	some s in ({user} | memberships[user])
}
