# METADATA
# scope: package
# title: "Repositories mix releases of Debian: {suites}"
# description: |
#  Sources of Debian and Proxmox that are switched on name {suites}. An upgrade was begun and
#  some files were forgotten, or an old source was never taken out. The next `apt
#  full-upgrade`, which one runs before a conversion, takes libraries of one release and PVE
#  of the other, and removes what does not fit, PVE included.
# custom:
#  id: PVE-UPG-001
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: package repositories
#  account: none
#  workaround: |
#   Bring all of them to one release, the installed one unless the upgrade is meant to go on
#   now (`grep -rnE "^(deb|Suites:)" /etc/apt/sources.list /etc/apt/sources.list.d/` shows
#   which file names which), then `apt update` and `apt list --upgradable`: nothing
#   unexpected must be in it.
#  test:
#   before: |
#    `apt policy | grep -o "n=[a-z]*" | sort -u` prints more than one name of {suites}.
#   after: |
#    `apt policy | grep -o "n=[a-z]*" | sort -u` prints one name, and `pve8to9` "PASS: found
#    no suite mismatch".
#  phase: prepare
#  sources:
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.upgrade.mixed_suites

import data.lib.repositories

findings contains {"at": sort({at | some list in repositories.releases; some at in list}), "vars": {"suites": concat(", ", sort(object.keys(repositories.releases)))}} if count(repositories.releases) > 1
