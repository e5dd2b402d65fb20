# METADATA
# scope: package
# title: "Backups of containers lack mount points: {mounts}"
# description: |
#  vzdump takes the root of a container and only those mount points that say
#  backup=1. {mounts} do not say it, so that every backup of these containers,
#  the last one before the conversion too, is without their data. A restore
#  over the container deletes its volumes and makes these anew and empty.
# custom:
#  id: PVE-CT-014
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup of containers
#  account: none
#  workaround: |
#   Include what matters (`pct set VMID --mp0 VOLUME,mp=PATH,backup=1` with the
#   other options of the mount point) and make a new backup, or copy the data
#   in another way before the conversion. Directories of the host that are
#   mounted are never in such a backup.
#  test:
#   before: |
#    The log of `vzdump VMID` on PVE says "excluding volume mount point" for
#    them.
#   after: |
#    The log of `vzdump VMID` says "including mount point" for each that holds
#    data, and `pvesm list STORAGE --vmid VMID` shows the new archive.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_storage_backed_mount_points
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_backup_and_restore
package rules.containers.left_out_of_backup

import data.lib.drives
import data.lib.facts

_mounts[at] := m if {
	some at, m in drives.mounts
	m.key != "rootfs"
	not startswith(m.volume, "/")
	not _included(m.property)
}

_included(property) if facts.truthy(facts.field(property, "backup"))

findings contains {"at": sort(object.keys(_mounts)), "vars": {"mounts": drives.words(_mounts)}} if count(_mounts) > 0
