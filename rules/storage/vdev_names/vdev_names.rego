# METADATA
# scope: package
# title: Names of disks by their slot
# description: |
#  vdev_id.conf gives disks of a shelf names below /dev/disk/by-vdev, and pools may have
#  been made with them. The rule of udev that reads it comes with ZFS on NixOS too; the
#  file is carried and lies at the same place.
# custom:
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/5/vdev_id.conf.5.html
#   - https://search.nixos.org/options?query=environment.etc
package rules.storage.vdev_names

import data.lib.configfiles
import data.lib.disks

_path := "/etc/zfs/vdev_id.conf"

_kept := "/var/lib/pve2nix/etc/zfs/vdev_id.conf"

_at := [sprintf("%s/properties/%d", [configfiles.files[_path].at, j]) |
	disks.zfs_in_use
	some j, _ in configfiles.files[_path].lines
]

settings contains {"at": _at, "option": ["environment", "etc", "zfs/vdev_id.conf", "source"], "value": _kept} if count(_at) > 0

carries contains {"at": [configfiles.files[_path].at], "path": _path, "to": _kept, "mode": "0644", "secret": false} if count(_at) > 0

bridges contains {"at": _at, "bridge": "storage", "params": {"file": _path}} if count(_at) > 0
