# METADATA
# scope: package
# title: Users of the realm pve cannot log in with their passwords
# description: |
#  {users} have passwords in PVE's own realm. PVE hashes them with sha256crypt; the libxcrypt
#  of nixpkgs is built without it, and the pinned revision of proxmox-nixos does not change
#  that yet. Every login with such a password is refused, and new ones cannot be set. API
#  tokens and other realms are not affected.
# custom:
#  id: PVE-ACC-002
#  kind: gap
#  category: feature
#  severity: major
#  component: realm pve
#  account: none
#  workaround: |
#   Move the input proxmox-nixos to a revision that builds libxcrypt with sha256crypt (after
#   August 2026), and build again. Until then log in as root@pam; give programs API tokens
#   instead of passwords.
#  test:
#   before: |
#    `pvesh create /access/ticket --username USER@pve --password …` prints a
#    ticket on PVE.
#   after: |
#    `pvesh create /access/ticket --username USER@pve --password …` prints a ticket on the
#    trial system.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/pull/252
#   - https://github.com/NixOS/nixpkgs/pull/220557
package rules.access.pve_realm

_users[sprintf("/access/users/%d", [i])] := u.id if {
	some i, u in input.access.users
	u.enabled
	endswith(u.id, "@pve")
	not _token_only(u.id)
}

# Who has a token is a program as a rule, and programs do not use the password.
_token_only(id) if {
	some t in input.access.tokens
	startswith(t.id, concat("", [id, "!"]))
}

findings contains {"at": sort(object.keys(_users)), "vars": {"users": concat(", ", sort([id | some id in _users]))}} if {
	count(_users) > 0
}
