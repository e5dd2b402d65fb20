# METADATA
# scope: package
# title: Rights on virtual machines for accounts of the host
# description: |
#  libvirt asks polkit at each call whether the caller may do that to that domain.
#  Accounts of the realm pam get what their privileges on the guest allow in words of
#  libvirt, everybody else nothing; root is asked nothing, and members of libvirtd keep
#  all. The connection that writes is opened only while the daemon that runs is one
#  that asks: it leaves a mark when it starts. polkit ends after the guests at a
#  shutdown, because libvirt answers nobody without it.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/acl.html
#   - https://libvirt.org/aclpolkit.html
#   - https://www.freedesktop.org/software/polkit/docs/latest/polkit.8.html
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
package rules.access.libvirt_rights

import data.lib.domains
import data.lib.rights
import data.rules.access.rights_narrower

_mark := "/run/libvirt-access-polkit"

# Name of the account → what the rule of polkit looks up.
_table := {rights.people[user].name: {
	"expire": rights.people[user].expire,
	"writes": _writes(user),
	"connect": _connect(user),
	"domains": {domains.uuids[vmid]: sort(found) | some vmid, found in per_guest},
} |
	some user, per_guest in rights.permissions
}

_writes(user) if {
	rights.writers[user]
} else := false

_connect(user) := ["getattr", "read", "search_domains"] if {
	some role in rights.on_node[user]
	"Sys.Audit" in rights.privileges(role)
} else := ["getattr", "search_domains"]

# Facts that mean nothing more than what is granted.
_whole := {sprintf("/access/acls/%d", [i]) | some i, _ in rights.entries} - _narrower

_narrower := {at | some f in rights_narrower.findings; some at in f.at}

_at := sort(_whole | {"/host"})

_script := concat("\n", [
	"polkit.addRule(function(action, subject) {",
	`  var api = "org.libvirt.api.";`,
	`  var manage = action.id == "org.libvirt.unix.manage";`,
	"  if (!manage && action.id.indexOf(api) != 0) { return polkit.Result.NOT_HANDLED; }",
	`  if (subject.user == "root" || subject.isInGroup("libvirtd")) { return polkit.Result.YES; }`,
	"  var refused = manage ? polkit.Result.NOT_HANDLED : polkit.Result.NO;",
	sprintf("  var people = %s;", [json.marshal(_table)]),
	"  var has = Object.prototype.hasOwnProperty;",
	"  if (!has.call(people, subject.user)) { return refused; }",
	"  var person = people[subject.user];",
	"  if (person.expire != 0 && Date.now() >= person.expire * 1000) { return refused; }",
	"  if (manage) {",
	"    if (!person.writes) { return refused; }",
	sprintf(`    try { polkit.spawn(["/run/current-system/sw/bin/test", "-e", "%s"]); } catch (error) { return refused; }`, [_mark]),
	"    return polkit.Result.YES;",
	"  }",
	`  if (action.lookup("connect_driver") != "QEMU") { return refused; }`,
	"  var granted = null;",
	"  var permission = action.id.substring(api.length);",
	`  if (permission.indexOf("connect.") == 0) { granted = person.connect; }`,
	`  if (permission.indexOf("domain.") == 0) {`,
	`    var uuid = action.lookup("domain_uuid");`,
	"    if (has.call(person.domains, uuid)) { granted = person.domains[uuid]; }",
	"  }",
	"  if (granted === null) { return refused; }",
	`  permission = permission.substring(permission.indexOf(".") + 1).replace(/-/g, "_");`,
	"  return granted.indexOf(permission) >= 0 ? polkit.Result.YES : refused;",
	"});",
	"",
])

settings contains {"at": _at, "option": path, "value": value} if {
	count(_table) > 0
	some [path, value] in [
		[["security", "polkit", "extraConfig"], _script],
		[["virtualisation", "libvirtd", "extraConfig"], "access_drivers = [ \"polkit\" ]\n"],
		[["systemd", "services", "libvirtd", "postStart"], sprintf("/run/current-system/sw/bin/touch %s\n", [_mark])],
		[["systemd", "services", "libvirtd", "postStop"], sprintf("/run/current-system/sw/bin/rm -f %s\n", [_mark])],
	]
}

# Without polkit nothing of libvirt answers, to root neither.
settings contains {"at": _at, "option": ["systemd", "services", unit, word], "value": ["dbus.service", "polkit.service"]} if {
	count(_table) > 0
	some unit in {"libvirtd", "libvirt-guests"}
	some word in {"after", "wants"}
}

bridges contains {
	"at": sort(_narrower | {rights.people[user].at | some user, _ in rights.permissions}),
	"bridge": "access",
	"params": {"accounts": sort(object.keys(_table))},
} if {
	count(_table) > 0
}

checks contains {"at": [rights.people[user].at], "check": "unit-active", "params": {"unit": "polkit.service"}, "required": true} if some user, _ in rights.permissions
