# METADATA
# scope: package
# title: Root logs in over ssh with nothing but a password
# description: |
#  No public key of a person opens root's account (those of PVE's own nodes do not count), and
#  PVE allows root to log in with a password. On the new system that works only as long as the copied
#  /etc/shadow was in place at the first start: without it root has no
#  password there, nobody can log in, and nobody can confirm the trial boot.
# custom:
#  id: PVE-USR-007
#  kind: pitfall
#  category: service
#  severity: critical
#  component: root login over ssh
#  equivalent: users.users.root.openssh.authorizedKeys
#  account: none
#  workaround: |
#   Put your public key into /root/.ssh/authorized_keys on PVE (`ssh-copy-id
#   root@HOST`), log in with it once, and capture again. Keep the console at
#   hand for the trial boot.
#  test:
#   before: |
#    `ssh -o PasswordAuthentication=no root@HOST` is refused.
#   after: |
#    `ssh -o PasswordAuthentication=no root@HOST id` prints uid=0 on PVE, and on the trial
#    system.
#  phase: prepare
#  sources:
#   - https://man.openbsd.org/sshd_config
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/config/update-users-groups.pl
package rules.users.root_password_login

import data.lib.facts
import data.lib.sshd

_allowed if lower(sshd.value("permitrootlogin")) == "yes"

_passwords_off if lower(sshd.value("passwordauthentication")) == "no"

_keys if {
	some key in input.system.authorized_keys
	key.user == "root"
	not object.get(key, "node", "") in _nodes
}

# With these nodes log in on each other; no person holds them.
_nodes := {input.host.name} | {n.name | some n in input.cluster.nodes}

findings contains {"at": at, "vars": {}} if {
	"system.authorized_keys" in facts.known
	_allowed
	not _passwords_off
	not _keys
	at := [sprintf("/system/users/%d", [i]) |
		some i, u in input.system.users
		u.name == "root"
		u.password in {"set", "unknown"}
	]
	count(at) > 0
}
