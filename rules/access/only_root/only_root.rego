# METADATA
# scope: package
# title: "root@pam is the only administrator"
# description: |
#  Nobody but root@pam has the role Administrator on /. On the trial system root@pam logs in
#  by the password of the system's root: when that was not copied, when PAM refuses or when a
#  second factor (here {second}) is asked for whose device is not at hand, nobody can open
#  the web interface, and there is no second person who could say that the guests are fine.
# custom:
#  id: PVE-ACC-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: permissions
#  account: none
#  workaround: |
#   Make a second administrator before you convert: `pveum user add NAME@pve --password` and
#   `pveum acl modify / --users NAME@pve --roles Administrator`. While the realm pve has the
#   limits of its own finding, use a token of that user for `pvesh` and scripts.
#  test:
#   before: |
#    `pveum acl list` shows no line with path / and role Administrator.
#   after: |
#    The command shows the new line, and a request with the token, `curl -k -H
#    "Authorization: PVEAPIToken=NAME@pve!t=SECRET" https://HOST:8006/api2/json/nodes`,
#    prints the node on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
package rules.access.only_root

import data.lib.facts

_enabled contains u.id if {
	some u in input.access.users
	u.enabled
}

_members[sprintf("@%s", [g.id])] contains u if {
	some g in input.access.groups
	some u in g.users
	u in _enabled
}

_administrator if {
	some acl in input.access.acls
	acl.path == "/"
	"Administrator" in acl.roles
	some subject in acl.subjects
	subject != "root@pam"
	_someone(subject)
}

_someone(subject) if split(subject, "!")[0] in _enabled

_someone(subject) if count(_members[subject] - {"root@pam"}) > 0

_root[sprintf("/access/users/%d", [i])] := u if {
	some i, u in input.access.users
	u.id == "root@pam"
}

_second := "set up" if {
	some u in _root
	u.two_factor
} else := "none"

findings contains {"at": sort(object.keys(_root)), "vars": {"second": _second}} if {
	"access" in facts.known
	count(_root) > 0
	not _administrator
}
