# METADATA
# scope: package
# title: Users who configure guests may not use bridges any more
# description: |
#  {subjects} may configure networks of guests on PVE 7 by VM.Config.Network alone. Since
#  version 8 whoever puts a guest on a bridge also needs SDN.Use on
#  /sdn/zones/localnet/BRIDGE, and nothing gives it at the upgrade. Creating a guest, cloning
#  to another bridge and restoring with a new network fail with "Permission check failed".
# custom:
#  id: PVE-ACC-016
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: permissions
#  account: none
#  workaround: |
#   Give the role PVESDNUser on the bridges they need: `pveum acl modify
#   /sdn/zones/localnet/vmbr0 --users NAME --roles PVESDNUser`. That is possible only after
#   the conversion.
#  test:
#   before: |
#    `pveum acl list` prints no line with a path below /sdn.
#   after: |
#    `pveum acl list` on the new system prints the line, and the user adds a network card to
#    a test guest.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
package rules.access.bridge_rights

# Built-in roles of PVE 7 that contain VM.Config.Network and not SDN.Use in PVE 8.
_roles contains "PVEVMAdmin"

_roles contains r.id if {
	some r in input.access.roles
	"VM.Config.Network" in r.privileges
	not "SDN.Use" in r.privileges
}

_left[sprintf("/access/acls/%d", [i])] := acl.subjects if {
	input.host.pve_major == 7
	some i, acl in input.access.acls
	count(_roles & {r | some r in acl.roles}) > 0
}

findings contains {"at": sort(object.keys(_left)), "vars": {"subjects": concat(", ", sort({s | some list in _left; some s in list}))}} if {
	count(_left) > 0
}
