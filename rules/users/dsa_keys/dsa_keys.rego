# METADATA
# scope: package
# title: Keys of the kind DSA open no login any more
# description: |
#  Public keys of {users} are of the type ssh-dss ({count}). OpenSSH is built without that
#  kind since version 9.8 and has none of its code left in version 10; every release of NixOS
#  that is converted to has one of these. A script or an old storage box that logs in with
#  such a key is refused, even with PubkeyAcceptedAlgorithms set.
# custom:
#  id: PVE-USR-012
#  kind: gap
#  category: configuration
#  severity: minor
#  component: authorized keys
#  account: none
#  workaround: |
#   Let the other side make a new key (`ssh-keygen -t ed25519`, or rsa with 3072 bits for old
#   devices) and add its public part on PVE before you convert.
#  test:
#   before: |
#    `grep -c "^ssh-dss\|[ ,]ssh-dss" /root/.ssh/authorized_keys` prints a number above 0.
#   after: |
#    `grep -c ssh-dss /root/.ssh/authorized_keys` prints 0, and the other side logs in with
#    its new key on PVE and on the trial system.
#  phase: prepare
#  sources:
#   - https://www.openssh.com/txt/release-10.0
#   - https://www.openssh.com/txt/release-9.8
package rules.users.dsa_keys

_left[sprintf("/system/authorized_keys/%d", [i])] := key.user if {
	some i, key in input.system.authorized_keys
	key.type == "ssh-dss"
}

findings contains {"at": sort(object.keys(_left)), "vars": {"count": count(_left), "users": concat(", ", sort({user | some user in _left}))}} if {
	count(_left) > 0
}
