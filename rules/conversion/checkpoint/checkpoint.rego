# METADATA
# scope: package
# title: The plan knows what is saved before anything is written
# description: |
#  Lists what a way back may need: the files that say how the host is started, the
#  partition tables of its disks, the metadata of its volume groups and pools, and the
#  database of /etc/pve.
# custom:
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://man7.org/linux/man-pages/man8/vgcfgbackup.8.html
package rules.conversion.checkpoint

import data.lib.disks
import data.lib.facts
import data.lib.guard

plans contains {"at": ["/system/boot/loader"], "path": ["save", "files"], "value": array.concat(_files, _menu)}

# How PVE is started, and what it mounts.
_files := ["/etc/default/grub", "/etc/fstab", "/etc/kernel/cmdline", "/etc/kernel/proxmox-boot-uuids"]

_menu := ["/boot/grub"] if {
	input.system.boot.loader == "grub"
} else := []

# By name: places in lists change from one capture to the next, and a plan would be stale.
plans contains {"at": sort([at | some at in found]), "path": ["save", name], "value": sort(object.keys(found))} if {
	some name, found in {"disks": _disks, "groups": _groups, "pools": _pools}
	count(found) > 0
}

_disks[path] := min(places) if some path, places in _disk_places

_disk_places[concat("", ["/dev/", d.name])] contains sprintf("/storage/block_devices/%d", [i]) if {
	some i, d in input.storage.block_devices
	d.kind == "disk"
	_parted[d.name]
	regex.match(`^[A-Za-z0-9][A-Za-z0-9_.:+-]*$`, d.name)
}

# Disks with partitions; one that a guest or a pool has as a whole has no table.
_parted contains d.parent if {
	some d in input.storage.block_devices
	d.kind == "part"
}

# LVM takes no name that two groups have.
_groups[name] := min(places) if {
	some name, places in _group_places
	count(places) == 1
}

_group_places[g.name] contains sprintf("/storage/volume_groups/%d", [i]) if {
	some i, g in input.storage.volume_groups
	g.uuid
	not g.missing
	guard.volume_group(g.name)
}

_pools[name] := min(places) if some name, places in _pool_places

_pool_places[p.name] contains sprintf("/storage/zfs_pools/%d", [i]) if {
	some i, p in disks.pools
	p.imported
	guard.pool(p.name)
}

plans contains {"at": [facts.packages["pve-cluster"].at], "path": ["save", "databases"], "value": ["/var/lib/pve-cluster/config.db"]}
