# METADATA
# scope: package
# title: "Backups fail for want of the fleecing storage {storage}"
# description: |
#  Backups are told to keep what guests overwrite meanwhile on {storage},
#  which this node does not have or has switched off. A backup with fleecing
#  fails before it begins, so what one would go back to after the conversion
#  is older than it seems.
# custom:
#  id: PVE-BAK-010
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup jobs
#  account: none
#  workaround: |
#   Choose a storage of this node that can hold disks (`fleecing:
#   enabled=1,storage=NAME` in the job or /etc/vzdump.conf), or set
#   enabled=0, and run the job once.
#  test:
#   before: |
#    `pvesm status --storage {storage}` on PVE prints an error or disabled.
#   after: |
#    `vzdump VMID --fleecing enabled=1,storage=NAME` ends with "Backup job finished
#    successfully" before the conversion.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
package rules.backup.fleecing_storage

import data.lib.disks
import data.lib.facts
import data.lib.vzdump

_asked[storage] contains p.at if {
	some job in vzdump.jobs
	p := job.properties.fleecing
	facts.truthy(facts.field(p.property, "enabled"))
	storage := facts.field(p.property, "storage")
}

_asked[storage] contains sprintf("/jobs/vzdump_defaults/%d", [i]) if {
	count(vzdump.jobs) > 0
	some i, p in input.jobs.vzdump_defaults
	p.key == "fleecing"
	facts.truthy(facts.field(p, "enabled"))
	storage := facts.field(p, "storage")
}

findings contains {"at": sort(at), "vars": {"storage": storage}} if {
	"storage.storages" in facts.known
	some storage, at in _asked
	not disks.storages[storage]
}
