# METADATA
# scope: package
# title: Own units name units of Debian that the new system lacks, or calls otherwise
# description: |
#  {units} refer to {names}. A unit that is wanted by, or ordered after, one that does not
#  exist is not started, or started too early, without a word; one that requires it does not
#  start at all (`Unit … not found`). On NixOS: {others}.
# custom:
#  id: PVE-SVC-003
#  kind: pitfall
#  category: service
#  severity: major
#  component: systemd units
#  equivalent: "systemd.services.<name>.after"
#  account: none
#  workaround: |
#   Write the names of NixOS into after, requires and wantedBy of systemd.services.NAME, and
#   check with `systemd-analyze verify`.
#  test:
#   before: |
#    `systemctl list-dependencies --reverse NAME` on PVE shows who refers to it.
#   after: |
#    `systemctl list-units --all --state=not-found` on the trial system lists none of them.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://search.nixos.org/options?query=systemd.services
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/services/networking/ssh/sshd.nix
package rules.services.renamed

import data.lib.localunits

_names[i] := names if {
	some i, u in localunits.all
	not object.get(u, "file_state", "") in {"disabled"}
	names := {name |
		some list in [u.detail.after, u.detail.requires, u.detail.wants, u.detail.wanted_by]
		some name in list
		_other(i, name)
	}
	count(names) > 0
}

# What is written anew has the new name already, where there is one.
_other(_, name) if localunits.nowhere(name)

_other(i, name) if {
	not localunits.written[i]
	not localunits.instances[i]
	localunits.renamed(name) != name
}

_called(name) := localunits.renamed(name) if {
	true
} else := "none"

_all := {name | some names in _names; some name in names}

findings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _names]), "vars": {
	"units": concat(", ", sort([input.units[i].name | some i, _ in _names])),
	"names": concat(", ", sort(_all)),
	"others": concat(", ", sort([sprintf("%s is %s", [name, _called(name)]) | some name in _all])),
}} if {
	count(_names) > 0
}
