# METADATA
# scope: package
# title: Roles lose the privilege VM.Monitor
# description: |
#  The roles {roles} contain VM.Monitor, which PVE 9 split up. It drops the word when it reads
#  the roles, and users and tokens that have nothing else for it can no longer see guest agent
#  data or the QEMU monitor; monitoring falls silent without an error on the host.
# custom:
#  id: PVE-ACC-004
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: roles
#  account: review
#  workaround: |
#   Give the roles what they need of the new privileges: `pveum role modify ROLE --append 1
#   --privs VM.GuestAgent.Audit,Sys.Audit`, or VM.GuestAgent.Unrestricted for all of the guest
#   agent. On PVE 8 this is possible only after the conversion.
#  test:
#   before: |
#    `pveum role list` shows VM.Monitor in {roles}.
#   after: |
#    `pveum role list` on the new system shows the new privileges in its place, and `pvesh get
#    /nodes/NODE/qemu/ID/agent/info`, called with the token of such a program, prints the
#    commands of the guest agent.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.access.monitor_role

_roles[sprintf("/access/roles/%d", [i])] := r.id if {
	some i, r in input.access.roles
	"VM.Monitor" in r.privileges
}

findings contains {"at": sort(object.keys(_roles)), "vars": {"roles": concat(", ", sort([id | some id in _roles]))}} if {
	count(_roles) > 0
}
