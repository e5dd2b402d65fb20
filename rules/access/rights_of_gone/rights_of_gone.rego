# METADATA
# scope: package
# title: Permissions wait for guests, storages and pools that are gone
# description: |
#  user.cfg gives rights on {paths}, and nothing of that name exists. Numbers are used again:
#  the next guest with such a number, a restored test guest of the trial among them, belongs
#  at once to whoever had the old one, with consoles and power switch.
# custom:
#  id: PVE-ACC-012
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: permissions
#  account: none
#  workaround: |
#   Delete the lines: `pveum acl delete PATH --users NAME --roles ROLE` (or --groups,
#   --tokens) for each.
#  test:
#   before: |
#    `pveum acl list` prints the paths; `pvesh get /cluster/resources` prints nothing of that
#    name.
#   after: |
#    `pveum acl list` on the new system prints only paths of guests, storages and pools that
#    `pvesh get /cluster/resources` prints too.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
package rules.access.rights_of_gone

import data.lib.facts

_guests contains sprintf("%d", [g.vmid]) if some g in input.guests

_pools contains p.id if some p in input.access.pools

_gone(["", "vms", id]) if {
	"guests" in facts.known
	count(_guests) > 0
	regex.match(`^[0-9]+$`, id)
	not id in _guests
}

_gone(["", "storage", id]) if {
	"storage.storages" in facts.known
	count(facts.storages) > 0
	not facts.storages[id]
}

_gone(parts) if {
	parts[1] == "pool"
	"access" in facts.known
	not concat("/", array.slice(parts, 2, count(parts))) in _pools
}

_left[sprintf("/access/acls/%d", [i])] := acl.path if {
	some i, acl in input.access.acls
	_gone(split(acl.path, "/"))
}

findings contains {"at": sort(object.keys(_left)), "vars": {"paths": concat(", ", sort({path | some path in _left}))}} if {
	count(_left) > 0
}
