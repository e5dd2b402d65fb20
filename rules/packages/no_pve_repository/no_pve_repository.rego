# METADATA
# scope: package
# title: No repository of Proxmox VE is switched on
# description: |
#  PVE is installed and nothing brings its updates. Its version is that of the installer's
#  medium or of the day when the repository was switched off; security fixes of PVE, QEMU,
#  LXC and the kernel since then are missing. The first start under the newer PVE of NixOS
#  then makes all changes of format at once, with none of the steps between ever tested on
#  this host's configuration.
# custom:
#  id: PVE-PKG-010
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: package repositories
#  account: none
#  workaround: |
#   Switch one on (`pvesh set /nodes/NODE/apt/repositories --handle no-subscription`, or
#   enterprise with a key), then `apt update && apt full-upgrade`, reboot, and capture again
#   when the guests have run for some days.
#  test:
#   before: |
#    `apt policy pve-manager` lists only /var/lib/dpkg/status as source.
#   after: |
#    `apt policy pve-manager` lists a repository, with the installed version as candidate.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Package_Repositories
package rules.packages.no_pve_repository

import data.lib.facts
import data.lib.repositories

_components := {"pve-enterprise", "pve-no-subscription", "pve-test", "pvetest"}

# A mirror of one's own has the same components.
_brought if {
	some r in repositories.enabled
	some c in r.repository.components
	c in _components
}

_brought if {
	some r in repositories.enabled
	some uri in r.repository.uris
	contains(uri, "/debian/pve")
}

findings contains {"at": [facts.packages["pve-manager"].at], "vars": {}} if {
	"repositories" in facts.known
	facts.packages["pve-manager"]
	not _brought
}
