# METADATA
# scope: package
# title: Tools of the RAID controller
# description: |
#  The tools {packages} of the controller's vendor are installed. They are
#  not free, come from the vendor's site, and most are not in nixpkgs; a
#  failed disk goes unnoticed, and cannot be replaced with the host running.
# custom:
#  id: PVE-HW-007
#  kind: gap
#  category: package
#  severity: minor
#  component: RAID controller
#  account: none
#  workaround: |
#   storcli, perccli and megacli are in nixpkgs as unfree packages: accept the
#   licence in the answers, `packages: {storcli: {unfree: "why"}}`. Wrap the
#   others with buildFHSEnv, or watch the controller through its BMC and
#   services.smartd with -d megaraid,N.
#  test:
#   before: |
#    `storcli64 /c0 show`, `perccli64 /c0 show`, `ssacli ctrl all show status` or `arcconf
#    getconfig 1` on PVE prints the array.
#   after: |
#    `storcli64 /c0 show` (or that of your tool) prints the same array on the trial system,
#    or the BMC sends an alert when a disk is pulled.
#  phase: run
#  sources:
#   - https://search.nixos.org/packages?query=storcli
#   - https://search.nixos.org/options?query=services.smartd
package rules.hardware.raid_tools

import data.lib.facts

_tools := {"arcconf", "hpacucli", "hpssacli", "megacli", "megactl", "perccli", "ssacli", "storcli", "storcli2"}

_installed[name] := p if {
	some name in _tools
	p := facts.packages[name]
	not _accepted(name)
}

# NixOS has it then.
_accepted(name) if {
	data.answers.packages[name].unfree
	data.catalog.unfree_packages[name]
}

findings contains {"at": sort([p.at | some p in _installed]), "vars": {"packages": concat(", ", sort([n | some n, _ in _installed]))}} if {
	count(_installed) > 0
}
