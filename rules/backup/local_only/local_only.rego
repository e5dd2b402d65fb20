# METADATA
# scope: package
# title: "All backups are on disks of this host: {storages}"
# description: |
#  Each backup job of this node writes to storage on the host itself. What
#  can go wrong in a conversion (a wrong disk, a pool that two systems have
#  written, a power failure in the middle) takes guests and backups together,
#  and a host that does not come up keeps them all from you.
# custom:
#  id: PVE-BAK-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: backup jobs
#  account: none
#  workaround: |
#   Copy the newest archives to another machine before the conversion
#   (`rsync` of the dump directory, an NFS share, a disk that is unplugged
#   afterwards), or add a job to a Proxmox Backup Server elsewhere, and
#   restore one guest from there as a test.
#  test:
#   before: |
#    `pvesm status --content backup` on PVE lists {storages}, none of them on
#    another machine.
#   after: |
#    An archive of each guest is readable on another machine: `zstd -t FILE`
#    prints no error, or `proxmox-backup-client snapshot list` shows it.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.backup.local_only

import data.lib.disks
import data.lib.facts
import data.lib.volumes
import data.lib.vzdump

_targets contains job.properties.storage.property.value if some job in vzdump.jobs

# Of a directory the mount decides; where mounts are unknown, nothing is said.
_local(id) if {
	"storage.mounts" in facts.known
	s := disks.storages[id]
	s.section.type in {"btrfs", "dir"}
	path := s.properties.path.property.value
	count(_above(path) & _network) == 0
}

_network contains m.target if {
	some m in input.storage.mounts
	data.catalog.filesystems[m.type].network
}

_network contains f.file if {
	some f in input.storage.fstab
	data.catalog.filesystems[f.type].network
}

_above(path) := {concat("/", array.slice(parts, 0, n)) |
	parts := split(trim_suffix(path, "/"), "/")
	some n in numbers.range(2, count(parts))
}

# A job on the root has a finding of its own.
_told if {
	every id in _targets { volumes.on_root[id] }
}

findings contains {"at": at, "vars": {"storages": concat(", ", sort(_targets))}} if {
	count(_targets) > 0
	not _told
	every id in _targets { _local(id) }
	every job in vzdump.jobs { job.properties.storage }
	at := sort([disks.storages[id].at | some id in _targets])
}
