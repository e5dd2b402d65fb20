# METADATA
# scope: package
# title: "Storage {id} says that all nodes share it, and it is a local disk"
# description: |
#  {id} is the directory {path} with the property shared, but the file system
#  there ({type}) belongs to this node alone. PVE does not copy its volumes
#  when a guest migrates or HA moves it: the guest does not start on the
#  other node. While nodes are converted one by one, guests are moved, and
#  this is when it strikes.
# custom:
#  id: PVE-STO-061
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: directory storage
#  account: none
#  workaround: |
#   `pvesm set {id} --shared 0`, and `--nodes` with the nodes that have the
#   directory. Then migrate with local disks (`qm migrate VMID NODE
#   --with-local-disks`), or move the disks to storage that is shared.
#  test:
#   before: |
#    `pvesm config {id}` on PVE prints shared 1, and `findmnt -T {path}` a
#    local file system.
#   after: |
#    `pvesm config {id}` prints shared 0 or nothing, and a test guest on it
#    starts after `qm migrate`.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://pve.proxmox.com/pve-docs/qm.1.html
package rules.storage.shared_directory

import data.lib.disks
import data.lib.facts
import data.lib.pve

# Cluster file systems are not among them.
_local := {"btrfs", "ext2", "ext3", "ext4", "exfat", "ntfs3", "vfat", "xfs", "zfs"}

# The last mount of a place is on top.
_types := object.union_n([{m.target: m.type} | some m in input.storage.mounts])

_above(path) := {place |
	parts := split(trim_suffix(path, "/"), "/")
	some n in numbers.range(1, count(parts))
	place := concat("", ["/", trim_prefix(concat("/", array.slice(parts, 0, n)), "/")])
}

findings contains {"at": [s.at], "vars": {"id": id, "path": path, "type": type}} if {
	"storage.mounts" in facts.known
	pve.clustered
	some id, s in disks.storages
	s.section.type in {"btrfs", "dir"}
	facts.truthy(s.properties.shared.property.value)
	path := s.properties.path.property.value
	facts.plain_path(path)
	mounted := {place | some place in _above(path); _types[place]}
	longest := max({count(place) | some place in mounted})
	some place in mounted
	count(place) == longest
	type := _types[place]
	type in _local
}
