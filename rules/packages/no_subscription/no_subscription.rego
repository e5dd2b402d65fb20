# METADATA
# scope: package
# title: The enterprise repository is on and the host has no subscription
# description: |
#  The repository answers 401 to a host without a key, so `apt update` ends with an error and
#  PVE brings no updates, unless another of its repositories is on. What is installed has
#  stood still since the host was set up or since the key ran out: bugs of that day in PVE,
#  QEMU and the kernel are part of what this report describes, and a conversion compares a
#  tested system with an old one.
# custom:
#  id: PVE-PKG-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: package repositories
#  account: none
#  workaround: |
#   Switch it off (Enabled: no in its .sources file, or a # before the line of its .list) and
#   the free one on (`pvesh set /nodes/NODE/apt/repositories --handle no-subscription`), then
#   `apt update && apt full-upgrade`, reboot and capture again. Or enter a key:
#   `pvesubscription set KEY`.
#  test:
#   before: |
#    `apt update` prints "401 Unauthorized" for enterprise.proxmox.com.
#   after: |
#    `apt update` ends without an error, and `pvesubscription get` shows "status: active" or
#    the repository is off.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Package_Repositories
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_package_repositories
package rules.packages.no_subscription

import data.lib.facts
import data.lib.repositories

_refused := [r.at |
	some r in repositories.proxmox
	some uri in r.repository.uris
	regex.match(`^https?://enterprise\.proxmox\.com/debian/pve`, uri)
]

findings contains {"at": sort(_refused), "vars": {}} if {
	count(_refused) > 0
	"local_files" in facts.known
	count([f | some f in input.local_files; f.path == "/etc/subscription"]) == 0
}
