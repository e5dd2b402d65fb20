# METADATA
# scope: package
# title: Units run programs that nothing provides
# description: |
#  {units} are written anew, but their commands run {programs}, which are in
#  no package of nixpkgs that is known for them and are no files of this host
#  that could be copied. Such a unit fails with `Unable to locate executable`
#  (203/EXEC) when it is started.
# custom:
#  id: PVE-SYS-020
#  kind: pitfall
#  category: service
#  severity: major
#  component: systemd units
#  equivalent: systemd.services.<name>.path
#  account: review
#  workaround: |
#   Find the package that has the program (`nix-locate bin/NAME`, or
#   search.nixos.org) and write its command as "${pkgs.PACKAGE}/bin/NAME …".
#   A helper of a Debian package (/usr/lib, /lib, /usr/share) is often a
#   script: read it, and write the unit without it.
#  test:
#   before: |
#    `systemctl show NAME -p ExecStart` on PVE prints the programs, and `dpkg
#    -S PROGRAM` the packages that they are from.
#   after: |
#    `systemctl start NAME` on the trial system succeeds, and `systemctl
#    --failed` does not list it.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
#   - https://search.nixos.org/packages
package rules.system.missing_programs

import data.lib.localunits

_missing[i] := programs if {
	some i, _ in localunits.written
	programs := {c.program | some c in localunits.all[i].detail.commands; localunits.unprovided(c.program)}
	count(programs) > 0
}

findings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _missing]), "vars": {
	"units": concat(", ", sort([input.units[i].name | some i, _ in _missing])),
	"programs": concat(", ", sort({p | some programs in _missing; some p in programs})),
}} if {
	count(_missing) > 0
}
