# METADATA
# scope: package
# title: "The thin pool {pool} is too full for a side root"
# description: |
#  The thin pool {pool} is the only place for the new root: {why}. A thin volume takes its
#  space when it is written, from the same pool as the disks of the guests. When the pool
#  is full, every guest on it gets write errors, and file systems in guests turn read-only
#  or break.
# custom:
#  id: PVE-CNV-011
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: LVM-thin
#  account: none
#  inhibits: refuse
#  workaround: |
#   Run `fstrim -av` in the guests with discard=on for their disks, delete guests and
#   snapshots that nobody needs, or move disks to another storage. Where the group has free
#   space, `lvextend -L +50G {pool}` or `lvextend --poolmetadatasize +1G {pool}` makes the
#   pool larger. Capture again.
#  test:
#   before: |
#    `lvs -o lv_name,data_percent,metadata_percent {pool}` prints more than {most} in one of
#    the columns, or too little room in a small pool.
#   after: |
#    `lvs -o lv_name,data_percent,metadata_percent {pool}` prints less than {most} in both
#    columns, with room for the new root below that.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://pve.proxmox.com/wiki/Storage:_LVM_Thin
package rules.conversion.thin_pool_full

import data.lib.sideroot

inhibits contains {"at": sideroot.at, "vars": {"pool": sideroot.layout.source, "why": _why, "most": sideroot.pool_percent}} if {
	sideroot.layout.kind == "lvm-thin"
	_why
}

_why := "how full it is is not known" if {
	not _data_known
} else := sprintf("its data is full to %d %%, and a side root needs %d GiB below %d %%", [sideroot.pool.data_percent, floor(sideroot.bytes / 1073741824), sideroot.pool_percent]) if {
	sideroot.room < sideroot.bytes
} else := sprintf("its metadata is full to %d %%, and %d %% is the limit", [sideroot.pool.metadata_percent, sideroot.pool_percent]) if {
	not sideroot.metadata_room
}

_data_known if sideroot.pool.data_percent >= 0
