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

_data := 85

# Metadata is small and cannot be freed at once.
_metadata := 75

findings contains {"at": [sprintf("/storage/volume_groups/%d/logical_volumes/%d", [i, j])], "vars": {
	"pool": concat("/", [g.name, v.name]),
	"data": v.data_percent,
	"metadata": object.get(v, "metadata_percent", 0),
}} if {
	some i, g in input.storage.volume_groups
	some j, v in g.logical_volumes
	v.kind == "thin-pool"
	_full(v)
}

_full(v) if v.data_percent >= _data

_full(v) if v.metadata_percent >= _metadata
