# METADATA
# scope: package
# title: The side root beside PVE's own
# description: |
#  Names the root of the new system: a data set, logical volume or subvolume
#  called nixos that the executor makes beside PVE's own root, on the same
#  pool, group or file system. Where there is no room for one, a file system
#  with the label nixos.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=fileSystems
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html
package rules.storage.root

import data.lib.disks

_root := {"device": sprintf("%s/ROOT/nixos", [disks.root.pool]), "fsType": "zfs"} if {
	disks.root.kind == "zfs"
} else := {"device": sprintf("/dev/%s/nixos", [disks.root.group]), "fsType": "ext4"} if {
	disks.root.kind == "lvm"
} else := {"device": disks.root.device, "fsType": "btrfs", "options": ["subvol=@nixos"]} if {
	disks.root.kind == "btrfs"
} else := {"device": "/dev/disk/by-label/nixos", "fsType": "ext4"}

settings contains {"at": disks.root.at, "option": ["fileSystems", "/", name], "value": value} if {
	some name, value in _root
}
