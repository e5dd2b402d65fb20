# METADATA
# scope: package
# title: Units and jobs run programs that were made for Debian
# description: |
#  {programs} are started by units and jobs of cron of this host. They are copied to the same
#  places, with what lies beside them only where a directory of /opt is local as a whole.
#  A script finds its interpreter, but not the modules that Debian's Python or Perl had; a
#  program that is linked against Debian's libraries starts by nix-ld, with the few libraries
#  that programs.nix-ld.libraries names.
# custom:
#  id: PVE-SVC-006
#  kind: pitfall
#  category: package
#  severity: minor
#  component: own scripts
#  equivalent: environment.systemPackages
#  account: none
#  workaround: |
#   Run each once. For what a script misses, set its interpreter in the unit
#   (pkgs.python3.withPackages) or copy the script into the flake as pkgs.writeShellApplication
#   with the programs that it calls in runtimeInputs. For a linked program, `ldd PROGRAM` names
#   what programs.nix-ld.libraries needs; better is a package of nixpkgs.
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

import data.lib.cron
import data.lib.facts
import data.lib.localunits

_files[path] contains sprintf("/units/%d", [i]) if {
	some path, indexes in localunits.files
	some i in indexes
}

_files[path] contains sprintf("/system/cron/%d", [i]) if {
	some path, indexes in cron.files
	some i in indexes
}

_local := object.union_n(array.reverse([{f.path: {"at": sprintf("/local_files/%d", [i]), "kind": f.kind}} | some i, f in input.local_files]))

# What is copied for a program: the directory where all of it is local, or the file.
_copied[path] := [object.get(_local, path, {"kind": "file"}), path] if {
	some path, _ in _files
	not _parent(path)
}

_copied[path] := [_local[parent], parent] if {
	some path, _ in _files
	parent := _parent(path)
}

_parent(path) := found[0] if {
	parts := split(path, "/")
	found := [parent |
		some n in numbers.range(3, count(parts) - 1)
		parent := concat("/", array.slice(parts, 0, n))
		_local[parent].kind == "directory"
	]
	count(found) > 0
}

carries contains {"at": at, "path": path, "to": path, "mode": "0755", "secret": true} if {
	some [local, path] in _copied
	facts.plain_path(path)
	not regex.match(`//|/$`, path)
	at := [at | at := local.at]
}

# A file that is no script may be a program of Debian's loader.
_linked contains at if {
	some path, [local, _] in _copied
	local.kind != "script"
	some at in _files[path]
}

settings contains {"at": sort(_linked), "option": ["programs", "nix-ld", "enable"], "value": true} if count(_linked) > 0

_all := sort([path | some path, _ in _files])

findings contains {"at": sort({at | some ats in _files; some at in ats}), "vars": {"programs": _text}} if {
	count(_files) > 0
}

_text := concat(", ", _all) if {
	count(_all) <= 12
} else := sprintf("%s and %d more", [concat(", ", array.slice(_all, 0, 12)), count(_all) - 12])
