# METADATA
# scope: package
# title: "Packages of PVE {major} are beside some of another major version"
# description: |
#  pve-manager is of PVE {major}, and {names} are not: an upgrade stopped half way. The parts
#  of PVE share Perl modules and formats without checking versions, so what does not fail
#  today fails at the next restart of a daemon, and storages, guests or permissions may be
#  written in one form and read in the other. It is not known which form the files below
#  /etc/pve are in.
# custom:
#  id: PVE-UPG-003
#  kind: pitfall
#  category: package
#  severity: major
#  component: upgrade of PVE
#  account: none
#  workaround: |
#   End the upgrade on PVE: `apt -f install`, `apt full-upgrade`, `dpkg --audit`, reboot,
#   `pve8to9` (or pve7to8) without a failure. Then capture again. Do not convert a host in
#   this state.
#  test:
#   before: |
#    `pveversion -v` lists {names} with another first number than the release has.
#   after: |
#    `pveversion -v` lists one generation, and `dpkg --audit` prints nothing.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://git.proxmox.com/
package rules.upgrade.mixed_generation

import data.lib.facts
import data.lib.release

_major := sprintf("%d", [input.host.pve_major])

_other[sprintf("%s %s", [name, p["package"].version])] := p.at if {
	some name, majors in data.catalog.pve_generations
	p := facts.packages[name]
	release.major(p.package.version) != majors[_major]
}

findings contains {"at": sort([at | some at in _other]), "vars": {"major": input.host.pve_major, "names": concat(", ", sort(object.keys(_other)))}} if count(_other) > 0
