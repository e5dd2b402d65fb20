# METADATA
# scope: package
# title: Pools list guests and storages that are gone
# description: |
#  The pools {pools} still name {members}, which nobody has any more. Backup jobs and rights
#  go by pools: a guest that is made later with such a number, a test restore during the
#  trial among them, is in the pool from the start, is backed up with its job and belongs to
#  its users.
# custom:
#  id: PVE-ACC-019
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: resource pools
#  account: none
#  workaround: |
#   Take the members out: `pveum pool modify POOL --vms NUMBER --delete 1`, `--storage NAME`
#   for storages.
#  test:
#   before: |
#    `grep ^pool /etc/pve/user.cfg` prints the numbers and `pvesh get /cluster/resources`
#    does not.
#   after: |
#    Each number and name that `grep ^pool /etc/pve/user.cfg` prints on the new system is in
#    `pvesh get /cluster/resources`.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_resource_pools
package rules.access.pool_members_gone

import data.lib.facts

_guests contains sprintf("%d", [g.vmid]) if some g in input.guests

_gone[sprintf("/access/pools/%d", [i])] contains id if {
	"guests" in facts.known
	count(_guests) > 0
	some i, p in input.access.pools
	some id in p.guests
	not id in _guests
}

_gone[sprintf("/access/pools/%d", [i])] contains id if {
	"storage.storages" in facts.known
	count(facts.storages) > 0
	some i, p in input.access.pools
	some id in p.storages
	not facts.storages[id]
}

_names contains p.id if {
	some i, p in input.access.pools
	_gone[sprintf("/access/pools/%d", [i])]
}

findings contains {"at": sort(object.keys(_gone)), "vars": {
	"pools": concat(", ", sort(_names)),
	"members": concat(", ", sort({id | some ids in _gone; some id in ids})),
}} if {
	count(_gone) > 0
}
