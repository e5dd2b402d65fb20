# METADATA
# scope: package
# title: Own roles have names that Proxmox VE keeps for itself
# description: |
#  The roles {roles} begin with PVE. Since version 8 that prefix belongs to built-in roles:
#  the API makes no role of such a name again, so that scripts and Terraform plans that
#  create them end in an error on the new system. Where a later PVE brings a built-in role of
#  the same name, the privileges of yours are added to it for everybody who has it.
# custom:
#  id: PVE-ACC-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: roles
#  account: none
#  workaround: |
#   Make a role with another name (`pveum role add NAME --privs LIST`), give it to the same
#   subjects with `pveum acl modify`, and delete the old one with `pveum role delete`.
#  test:
#   before: |
#    `pveum role list` prints the roles without special 1.
#   after: |
#    Of the roles that begin with PVE, `pveum role list` on the new system prints only those
#    with special 1.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
#   - https://git.proxmox.com/?p=pve-access-control.git;a=blob;f=src/PVE/API2/Role.pm
package rules.access.reserved_roles

_left[sprintf("/access/roles/%d", [i])] := r.id if {
	some i, r in input.access.roles
	startswith(lower(r.id), "pve")
}

findings contains {"at": sort(object.keys(_left)), "vars": {"roles": concat(", ", sort([id | some id in _left]))}} if {
	count(_left) > 0
}
