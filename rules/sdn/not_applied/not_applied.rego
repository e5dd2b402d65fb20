# METADATA
# scope: package
# title: Changes of the SDN wait to be applied
# description: |
#  {count} sections ({names}) differ from what was applied last. The bridges, VLANs
#  and routes of this host are made of the applied state, and so is the conversion;
#  the files of the cluster already say something else. The next Apply on any node of
#  Debian moves the other nodes away from this one.
# custom:
#  id: PVE-SDN-011
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: SDN
#  account: none
#  workaround: |
#   Apply the changes in the SDN panel, or undo them there, and capture again.
#  test:
#   before: |
#    `pvesh get /cluster/sdn/vnets --pending 1` on PVE prints a state other than
#    nothing for some.
#   after: |
#    `pvesh get /cluster/sdn/vnets --pending 1` prints no state new, changed or
#    deleted.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.not_applied

_lists := {"zones": "zones", "vnets": "vnets", "subnets": "subnets", "controllers": "controllers", "fabrics": "fabrics", "prefix-lists": "prefix_lists", "route-maps": "route_maps"}

_at[concat("/", [kind, s.id])] contains sprintf("/network/sdn/%s/%d", [list, i]) if {
	count(input.network.sdn.pending) > 0
	some kind, list in _lists
	some i, s in input.network.sdn[list]
}

# What was deleted and not applied is in no list any more.
findings contains {
	"at": sort({p | some name in input.network.sdn.pending; some p in _at[name]}),
	"vars": {"count": count(input.network.sdn.pending), "names": concat(", ", sort(input.network.sdn.pending))},
} if {
	count(input.network.sdn.pending) > 0
}
