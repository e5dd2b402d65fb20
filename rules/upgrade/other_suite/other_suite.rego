# METADATA
# scope: package
# title: "The repositories are of {suite}, the host is {codename}"
# description: |
#  Every source of Debian and Proxmox names {suite}, while what runs is {codename}. Either
#  the sources were prepared for an upgrade that has not been run, or the upgrade stopped
#  early. One `apt full-upgrade` turns this host into another one, and single packages that
#  were installed since then are from {suite} already.
# custom:
#  id: PVE-UPG-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: package repositories
#  account: none
#  workaround: |
#   Decide first: go back (write {codename} into the files, `apt update`), or carry the
#   upgrade out as Proxmox describes it, with `pve8to9 --full` (pve7to8 on PVE 7) before and
#   a reboot after.
#   Capture again in either case.
#  test:
#   before: |
#    `apt policy base-files` shows a candidate of {suite}.
#   after: |
#    `apt policy base-files` shows the installed version as candidate.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.upgrade.other_suite

import data.lib.repositories

findings contains {"at": sort(array.concat(["/host/codename"], [at | some at in list])), "vars": {"suite": suite, "codename": input.host.codename}} if {
	count(repositories.releases) == 1
	some suite, list in repositories.releases
	suite != input.host.codename
	data.catalog.debian_releases[input.host.codename]
}
