# METADATA
# scope: package
# title: Units and jobs run programs that stay on the old root
# description: |
#  {programs} are started by units and jobs of cron of this host. The units and tables are
#  copied for reading; these programs are not. On the new root /root, /opt, /home and
#  /usr/local are empty or missing, a script whose first line is #!/bin/bash finds no
#  interpreter, and a program that is linked against Debian's libraries ends with `No such
#  file or directory` although it is there.
# custom:
#  id: PVE-SVC-006
#  kind: pitfall
#  category: package
#  severity: major
#  component: own scripts
#  equivalent: environment.systemPackages
#  account: none
#  workaround: |
#   Copy the files into the flake. A script becomes pkgs.writeShellApplication with the
#   programs that it calls in runtimeInputs, which also checks it; a linked program is
#   packaged, or gets programs.nix-ld.enable.
#  test:
#   before: |
#    `ls -l PROGRAM; head -c 20 PROGRAM` on PVE shows each and its interpreter.
#   after: |
#    `systemctl start NAME` on the trial system runs each, and `systemctl --failed` lists
#    none of them.
#  phase: run
#  sources:
#   - https://wiki.nixos.org/wiki/Packaging/Binaries
#   - https://search.nixos.org/options?query=programs.nix-ld.enable
#   - https://nixos.org/manual/nixpkgs/stable/#trivial-builder-writeShellApplication
package rules.services.own_programs

_own(program) if regex.match(`^/(root|home|opt|srv|usr/local)/`, program)

_programs[sprintf("/units/%d", [i])] contains c.program if {
	some i, u in input.units
	not object.get(u, "file_state", "") in {"alias", "disabled", "masked"}
	some c in u.detail.commands
	_own(c.program)
}

_programs[sprintf("/system/cron/%d", [i])] contains job.program if {
	some i, job in input.system.cron
	_own(job.program)
}

_all := sort([p | some p in {p | some programs in _programs; some p in programs}])

findings contains {"at": sort([at | some at, _ in _programs]), "vars": {"programs": _text}} if {
	count(_programs) > 0
}

_text := concat(", ", _all) if {
	count(_all) <= 12
} else := sprintf("%s and %d more", [concat(", ", array.slice(_all, 0, 12)), count(_all) - 12])
