# METADATA
# scope: package
# title: A directory storage fills the root disk when its mount is missing
# description: |
#  The storage {id} has the path {path}, which is a file system of its own,
#  but not the property is_mountpoint. When the mount fails on the trial
#  system PVE makes the directories on the root instead, guests and backups
#  go there, and the disks of guests seem to have vanished.
# custom:
#  id: PVE-STO-012
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: directory storage
#  equivalent: fileSystems
#  account: none
#  workaround: |
#   `pvesm set {id} --is_mountpoint 1` on PVE: the storage is then off while
#   nothing is mounted there.
#  test:
#   before: |
#    `pvesm config {id}` has no is_mountpoint.
#   after: |
#    With the file system unmounted, `pvesm status` shows {id} as inactive
#    and the directory stays empty.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.storage.dir_not_guarded

import data.lib.disks
import data.lib.volumes

_mounted contains m.target if {
	some m in input.storage.mounts
	m.target != "/"
}

_mounted contains f.file if {
	some f in input.storage.fstab
	f.file != "/"
}

findings contains {"at": [s.at], "vars": {"id": id, "path": path}} if {
	some id, s in disks.storages
	s.section.type in {"dir", "btrfs"}
	not volumes.guarded(s)
	path := s.properties.path.property.value
	path in _mounted
	path != "/var/lib/vz"
}
