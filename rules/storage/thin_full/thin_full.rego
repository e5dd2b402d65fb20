# METADATA
# scope: package
# title: "Thin pool {pool} is nearly full"
# description: |
#  Of {pool} {data} % of the data and {metadata} % of the metadata are in
#  use. The side root is a thin volume in a pool where there is one, and
#  snapshots taken before the conversion let the pool grow with every write.
#  When it is full all guests on it get errors at once; with full metadata
#  the pool goes read-only and has to be repaired offline.
# custom:
#  id: PVE-STO-042
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: LVM thin pool
#  equivalent: services.lvm.dmeventd.enable
#  account: none
#  inhibits: refuse
#  workaround: |
#   `lvextend -L +20G {pool}` and `lvextend --poolmetadatasize +1G {pool}`
#   where the group has room; else remove old snapshots, or run fstrim in the
#   guests whose disks have discard. Do it before the snapshots of the
#   conversion are made.
#  test:
#   before: |
#    `lvs -o lv_name,data_percent,metadata_percent {pool}` on PVE prints
#    {data} and {metadata}.
#   after: |
#    `lvs -o data_percent,metadata_percent {pool}` prints less than 80 and
#    70, and still does a day after the conversion.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://pve.proxmox.com/wiki/Storage:_LVM_Thin
package rules.storage.thin_full

import data.lib.sideroot

_data := 85

# Metadata is small and cannot be freed at once.
_metadata := 75

findings contains _one(i, j) if {
	some i, j
	_pools[i][j]
	_full(_pools[i][j])
}

# The pool that the side root goes to, when it does not go in without filling the pool.
inhibits contains _one(i, j) if {
	sideroot.layout.kind == "lvm-thin"
	not sideroot.thin_has_room
	some i, j
	_pools[i][j].name == sideroot.pool.name
	input.storage.volume_groups[i].name == sideroot.group.name
}

_pools[i][j] := v if {
	some i, g in input.storage.volume_groups
	some j, v in g.logical_volumes
	v.kind == "thin-pool"
}

_one(i, j) := {"at": [sprintf("/storage/volume_groups/%d/logical_volumes/%d", [i, j])], "vars": {
	"pool": concat("/", [input.storage.volume_groups[i].name, _pools[i][j].name]),
	"data": _pools[i][j].data_percent,
	"metadata": object.get(_pools[i][j], "metadata_percent", 0),
}}

_full(v) if v.data_percent >= _data

_full(v) if v.metadata_percent >= _metadata
