# METADATA
# scope: package
# title: "Root's shell is {shell} here and bash on NixOS"
# description: |
#  Root logs in to {shell}. NixOS gives root its default shell whatever /etc/passwd said;
#  functions, aliases and prompts of the other shell are gone. What hurts is what comes in
#  over ssh. A program that sends lines in the syntax of {shell} to root (backups,
#  monitoring, other nodes' scripts) gets them read by bash.
# custom:
#  id: PVE-USR-018
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: /etc/passwd
#  equivalent: users.users.root.shell
#  account: none
#  workaround: |
#   Set users.users.root.shell = pkgs.{package} and programs.{package}.enable = true, and
#   copy root's settings of that shell from PVE's root.
#  test:
#   before: |
#    `getent passwd root` prints {shell}.
#   after: |
#    `getent passwd root` on the trial system prints /run/current-system/sw/bin/{package}.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=users.users._name_.shell
#   - https://search.nixos.org/options?query=users.defaultUserShell
package rules.users.root_shell

findings contains {"at": [sprintf("/system/users/%d", [i])], "vars": {"shell": u.shell, "package": name}} if {
	some i, u in input.system.users
	u.name == "root"
	u.uid == 0
	parts := split(u.shell, "/")
	name := parts[count(parts) - 1]
	name in {"fish", "xonsh", "zsh"}
}
