# METADATA
# scope: package
# title: Conditions of sshd_config are not taken over
# description: |
#  sshd_config has {count} lines below Match: other rules for some users,
#  groups or addresses. They are left out. A limit for one account (no
#  password, a fixed command, a jail for sftp) is gone, so the account can
#  do more than before.
# custom:
#  id: PVE-USR-005
#  kind: pitfall
#  category: service
#  severity: major
#  component: sshd_config
#  equivalent: services.openssh.extraConfig
#  account: review
#  workaround: |
#   Copy the blocks into services.openssh.extraConfig, which NixOS puts at
#   the end of sshd_config, where Match belongs. Check that users and groups
#   in them exist on NixOS.
#  test:
#   before: |
#    `sshd -T -C user=NAME,host=x,addr=1.2.3.4` on PVE prints what holds for
#    the user.
#   after: |
#    `sshd -T -C user=NAME,host=x,addr=1.2.3.4` prints the same on the trial system.
#  phase: boot
#  sources:
#   - https://man.openbsd.org/sshd_config
#   - https://search.nixos.org/options?query=services.openssh.extraConfig
package rules.users.sshd_match

findings contains {"at": at, "vars": {"count": count(at)}} if {
	at := sort([sprintf("/system/sshd/%d", [i]) |
		some i, p in input.system.sshd
		regex.match(`(?i)^match(/|$)`, p.key)
	])
	count(at) > 0
}
