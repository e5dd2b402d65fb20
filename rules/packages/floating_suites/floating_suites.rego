# METADATA
# scope: package
# title: "Repositories follow {suites} instead of a release"
# description: |
#  A source with the suite {suites} changes to the next Debian on the day of its release.
#  Each update of the host since then, or the next one, mixes two releases below PVE; `apt
#  full-upgrade` before the conversion, which other findings ask for, can be the one that
#  does it.
# custom:
#  id: PVE-PKG-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: package repositories
#  account: none
#  workaround: |
#   Write the code name of the installed release in their place in /etc/apt/sources.list and
#   its directory, `apt update`, and read `apt list --upgradable` before anything is
#   installed.
#  test:
#   before: |
#    `apt policy | grep -o "n=[a-z]*"` prints more than one name, or a newer one than `.
#    /etc/os-release; echo $VERSION_CODENAME`.
#   after: |
#    `apt policy | grep -o "n=[a-z-]*"` prints only the code name of the installed release.
#  phase: prepare
#  sources:
#   - https://wiki.debian.org/SourcesList
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.packages.floating_suites

import data.lib.repositories

_floating[suite] contains r.at if {
	some r in repositories.official
	some suite in r.repository.suites
	regex.match(`^(oldstable|stable|testing|unstable)(-.*)?(/.*)?$`, suite)
}

findings contains {"at": sort({at | some list in _floating; some at in list}), "vars": {"suites": concat(", ", sort(object.keys(_floating)))}} if count(_floating) > 0
