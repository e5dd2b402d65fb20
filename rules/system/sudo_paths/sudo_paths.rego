# METADATA
# scope: package
# title: Rules of sudo name programs that NixOS does not have
# description: |
#  {users} may run {programs} by sudo. What nobody can say a place on NixOS for (scripts of
#  this host, plugins of a monitoring, tools of Proxmox VE that the target lacks) is left out
#  of security.sudo.extraRules: copies, checks and restarts that run over them stop with `a
#  password is required`.
# custom:
#  id: PVE-SYS-014
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: sudo
#  equivalent: security.sudo.extraRules
#  account: review
#  workaround: |
#   Bring the program into the flake (a script with pkgs.writeShellScriptBin in
#   environment.systemPackages), and add it to security.sudo.extraRules with commands = [ {
#   command = "/run/current-system/sw/bin/NAME"; options = [ "NOPASSWD" ]; } ].
#  test:
#   before: |
#    `sudo -l -U USER` on PVE lists the programs below /usr.
#   after: |
#    `sudo -l -U USER` on the trial system lists each of them at its new place, and `sudo -u
#    USER sudo -n NAME` runs it.
#  phase: run
#  sources:
#   - https://www.sudo.ws/docs/man/sudoers.man/
#   - https://search.nixos.org/options?query=security.sudo.extraRules
package rules.system.sudo_paths

import data.lib.sudoers

_who := {line.at: split(line.value, " ")[0] | some line in sudoers.all}

findings contains {"at": sort([at | some at, _ in sudoers.missing]), "vars": {
	"users": concat(", ", sort({_who[at] | some at, _ in sudoers.missing})),
	"programs": concat(", ", array.slice(sort({program | some programs in sudoers.missing; some program in programs}), 0, 12)),
}} if {
	count(sudoers.missing) > 0
}
