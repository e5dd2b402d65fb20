# METADATA
# scope: package
# title: Accounts beside root have the id 0
# description: |
#  {names} have the user id 0, as spare keys to the host: another password, another shell,
#  another person. NixOS refuses a configuration in which two users have one id, and the
#  accounts are not taken over. Who would come in by one of them when root's password is lost
#  finds no way in, on the console neither.
# custom:
#  id: PVE-USR-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: /etc/passwd
#  equivalent: users.users.root.openssh.authorizedKeys
#  account: none
#  workaround: |
#   Give each person an account of its own in the group wheel, and root the keys of all of
#   them in users.users.root.openssh.authorizedKeys.keys. As the last way in keep the console
#   of the management controller and a password of root that somebody knows.
#  test:
#   before: |
#    `awk -F: '$3 == 0 {print $1}' /etc/passwd` prints more than root.
#   after: |
#    The command prints root alone on the new system, and each of these people gets a root
#    shell there, by `sudo -i` or by ssh.
#  phase: prepare
#  sources:
#   - https://search.nixos.org/options?query=users.enforceIdUniqueness
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/config/users-groups.nix
package rules.users.second_root

_left[sprintf("/system/users/%d", [i])] := u.name if {
	some i, u in input.system.users
	u.uid == 0
	u.name != "root"
	not regex.match(`/(nologin|false|sync|shutdown|halt)$`, u.shell)
	u.password in {"set", "none", "unknown"}
}

_left[sprintf("/system/users/%d", [i])] := u.name if {
	some i, u in input.system.users
	u.uid == 0
	u.name != "root"
	some key in input.system.authorized_keys
	key.user == u.name
}

findings contains {"at": sort(object.keys(_left)), "vars": {"names": concat(", ", sort([name | some name in _left]))}} if {
	count(_left) > 0
}
