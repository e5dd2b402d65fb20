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

plans contains {"at": [sprintf("/storage/block_devices/%d", [i])], "path": ["save", "disks"], "value": [concat("", ["/dev/", d.name])]} if {
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

plans contains {"at": [sprintf("/storage/volume_groups/%d", [i])], "path": ["save", "groups"], "value": [g.name]} if {
	some i, g in input.storage.volume_groups
	g.uuid
	not g.missing
	guard.volume_group(g.name)
}

plans contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "path": ["save", "pools"], "value": [p.name]} if {
	some i, p in disks.pools
	p.imported
	guard.pool(p.name)
}

plans contains {"at": [facts.packages["pve-cluster"].at], "path": ["save", "databases"], "value": ["/var/lib/pve-cluster/config.db"]}
