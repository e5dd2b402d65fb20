# METADATA
# scope: package
# title: Rules of sudo name programs by paths that NixOS does not have
# description: |
#  {users} may run {programs} by sudo. sudo compares the path of a rule with the path of the
#  program that is called, and on NixOS that is /run/current-system/sw/bin/NAME. Taken over
#  as they are, the rules are valid and match nothing: copies, checks and restarts that run
#  over them stop with `a password is required`.
# custom:
#  id: PVE-SYS-014
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: sudo
#  equivalent: security.sudo.extraRules
#  account: none
#  workaround: |
#   Write them as security.sudo.extraRules with commands = [ { command =
#   "/run/current-system/sw/bin/zfs receive *"; options = [ "NOPASSWD" ]; } ], and make sure
#   that the caller uses the name without a directory, also in scripts of the other side.
#  test:
#   before: |
#    `sudo -l -U USER` on PVE lists the programs below /usr.
#   after: |
#    `sudo -l -U USER` on the trial system lists the same below /run/current-system/sw/bin,
#    and `sudo -u USER sudo -n zfs list` (or what the rule allows) runs.
#  phase: run
#  sources:
#   - https://www.sudo.ws/docs/man/sudoers.man/
#   - https://search.nixos.org/options?query=security.sudo.extraRules
package rules.system.sudo_paths

import data.lib.lines

_programs[[file, i]] := found if {
	some file, f in lines.files
	regex.match(`^/etc/sudoers(\.d/[^/]+)?$`, file)
	some i, p in f.properties
	not startswith(p.key, "Defaults")
	not _of_ceph(file)
	found := regex.find_n(`/(usr/(local/)?)?s?bin/[A-Za-z0-9_.+-]+`, p.value, -1)
	count(found) > 0
}

# The packages of Ceph bring these, for its own health checks of disks.
_of_ceph(file) if regex.match(`/ceph-(osd-)?smartctl$`, file)

findings contains {"at": sort([lines.at(key[0], key[1]) | some key, _ in _programs]), "vars": {
	"users": concat(", ", sort({user |
		some key, _ in _programs
		user := lines.files[key[0]].properties[key[1]].key
		user != "Cmnd_Alias"
	})),
	"programs": concat(", ", array.slice(sort([p | some p in {p | some found in _programs; some p in found}]), 0, 12)),
}} if {
	count(_programs) > 0
}
