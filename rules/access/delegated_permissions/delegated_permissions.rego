# METADATA
# scope: package
# title: Administrators lose the right to give rights
# description: |
#  {subjects} have PVEAdmin or PVESysAdmin on PVE 7, where these roles contain
#  Permissions.Modify. From version 8 on they do not. On the new system these people can no
#  longer give others rights on pools, guests or storages, and the web interface only hides
#  the button.
# custom:
#  id: PVE-ACC-015
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: roles
#  account: none
#  workaround: |
#   Where they shall go on to do so, make a role with the privilege (`pveum role add Delegate
#   --privs Permissions.Modify`) and give it on the same paths (`pveum acl modify PATH
#   --users NAME --roles Delegate`).
#  test:
#   before: |
#    `pveum acl list` prints the roles PVEAdmin or PVESysAdmin; `pveum user permissions NAME`
#    lists Permissions.Modify.
#   after: |
#    `pveum user permissions NAME` on the trial system lists Permissions.Modify for those who
#    need it.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
#   - https://pve.proxmox.com/wiki/Roadmap
package rules.access.delegated_permissions

_left[sprintf("/access/acls/%d", [i])] := acl.subjects if {
	input.host.pve_major == 7
	some i, acl in input.access.acls
	count({"PVEAdmin", "PVESysAdmin"} & {r | some r in acl.roles}) > 0
}

findings contains {"at": sort(object.keys(_left)), "vars": {"subjects": concat(", ", sort({s | some list in _left; some s in list}))}} if {
	count(_left) > 0
}
