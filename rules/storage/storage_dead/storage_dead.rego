# METADATA
# scope: package
# title: "Storages that are enabled and not there: {ids}"
# description: |
#  These storages are enabled for this node, but what they rest on is missing
#  already on PVE: {reasons}. Nobody can tell later whether the conversion
#  broke them. A server that does not answer holds pvestatd up in each round,
#  and guests with disks there do not start on either system.
# custom:
#  id: PVE-STO-060
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: storages
#  account: none
#  workaround: |
#   `pvesm set NAME --disable 1` for those that are gone, `--nodes` for those
#   that belong to other nodes; bring the rest up (`zpool import`, the
#   server, the disk) before the conversion.
#  test:
#   before: |
#    `pvesm status` on PVE shows {ids} as inactive.
#   after: |
#    `pvesm status` on PVE prints no enabled storage as inactive, and what they rest on is
#    there on the trial system too.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.storage.storage_dead

import data.lib.disks
import data.lib.facts
import data.lib.volumes

_mounted contains m.target if some m in input.storage.mounts

_imported contains p.name if {
	some p in input.storage.zfs_pools
	p.imported
}

# The property names the mount where it is above the directory.
_mount(s) := trim_suffix(place, "/") if {
	place := s.properties.is_mountpoint.property.value
	startswith(place, "/")
} else := trim_suffix(s.properties.path.property.value, "/")

# A group that only a storage names has no identity of its own.
_groups contains g.name if {
	some g in input.storage.volume_groups
	g.uuid
}

_dead[id] := sprintf("%s is not mounted", [path]) if {
	"storage.mounts" in facts.known
	some id, s in disks.storages
	s.section.type in {"cephfs", "cifs", "nfs"}
	path := s.properties.path.property.value
	not path in _mounted
}

# A disk for backups that is plugged in now and then is meant to be away.
_asked contains v.storage if some v in volumes.list

_dead[id] := sprintf("%s is not mounted", [path]) if {
	"storage.mounts" in facts.known
	some id, s in disks.storages
	s.section.type in {"btrfs", "dir"}
	volumes.guarded(s)
	id in _asked
	path := _mount(s)
	not path in _mounted
}

_dead[id] := sprintf("pool %s is not imported", [pool]) if {
	"storage.zfs_pools" in facts.known
	some id, s in disks.storages
	s.section.type == "zfspool"
	pool := split(s.properties.pool.property.value, "/")[0]
	not pool in _imported
}

_dead[id] := sprintf("volume group %s is not there", [group]) if {
	"storage.volume_groups" in facts.known
	some id, s in disks.storages
	s.section.type in {"lvm", "lvmthin"}
	group := s.properties.vgname.property.value
	not group in _groups
}

findings contains {"at": sort([disks.storages[id].at | some id, _ in _dead]), "vars": {
	"ids": concat(", ", sort(object.keys(_dead))),
	"reasons": concat("; ", sort([r | some r in _dead])),
}} if {
	count(_dead) > 0
}
