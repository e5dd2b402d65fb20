# METADATA
# scope: package
# title: Volumes that no guest names any more
# description: |
#  These volumes have the name of a guest's disk, but no configuration names
#  them: {volumes}. They are left over from a failed migration, a restore or
#  a deleted guest, or somebody removed the line by hand. After the
#  conversion nobody remembers whose data they hold, and a new guest with the
#  same number gets names that are taken.
# custom:
#  id: PVE-STO-040
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: volumes of guests
#  account: none
#  workaround: |
#   `qm rescan --vmid N` or `pct rescan --vmid N` puts volumes of an existing
#   guest back as unusedN. Look into the others (`zfs mount`, `mount -o ro`),
#   then remove them with `pvesm free STORAGE:VOLUME` or note why they stay.
#  test:
#   before: |
#    `pvesm list STORAGE` on PVE lists {volumes}, and `grep -r VOLUME
#    /etc/pve/nodes` prints nothing for them.
#   after: |
#    `grep -r VOLUME /etc/pve/nodes` prints a line for each volume of `pvesm
#    list STORAGE`.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/qm.1.html
#   - https://pve.proxmox.com/pve-docs/pvesm.1.html
package rules.storage.orphan_volumes

import data.lib.disks
import data.lib.facts

_name := `(?:vm|base|subvol|basevol)-[0-9]+-(?:disk|state|cloudinit)[A-Za-z0-9_.-]*`

# What any configuration of the cluster names: disks, states of snapshots, unused and pending volumes.
_named contains name if {
	some g in input.guests
	some p in array.concat(g.config, g.pending)
	some name in regex.find_n(_name, p.value, -1)
}

_named contains name if {
	some g in input.guests
	some s in array.concat(g.snapshots, g.special)
	some p in s.config
	some name in regex.find_n(_name, p.value, -1)
}

# A replica belongs to a guest of another node.
_elsewhere contains sprintf("%d", [g.vmid]) if {
	some g in input.guests
	not g.local
}

_datasets contains s.properties.pool.property.value if {
	some s in disks.storages
	s.section.type == "zfspool"
}

# Volumes of a shared group belong to other nodes as well.
_groups contains s.properties.vgname.property.value if {
	some s in disks.storages
	s.section.type in {"lvm", "lvmthin"}
	not _shared(s)
}

_shared(s) if facts.truthy(s.properties.shared.property.value)

_found[at] := concat("", [parent, "/", name]) if {
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	parts := split(d.name, "/")
	name := parts[count(parts) - 1]
	parent := trim_suffix(d.name, concat("", ["/", name]))
	parent in _datasets
	_orphan(name)
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

_found[at] := concat("", [g.name, "/", v.name]) if {
	some i, g in input.storage.volume_groups
	g.name in _groups
	some j, v in g.logical_volumes
	_orphan(v.name)
	at := sprintf("/storage/volume_groups/%d/logical_volumes/%d", [i, j])
}

_orphan(name) if {
	regex.match(concat("", ["^", _name, "$"]), name)
	not name in _named
	not split(name, "-")[1] in _elsewhere
}

findings contains {"at": sort(object.keys(_found)), "vars": {"volumes": concat(", ", sort([v | some v in _found]))}} if {
	"guests" in facts.known
	count(_found) > 0
}
