# METADATA
# scope: package
# title: Units of ZFS are masked on PVE and run on NixOS
# description: |
#  Somebody has masked {units}. There is a reason: data sets that must not be
#  mounted at boot, a key that another unit loads first, pools that only a
#  cluster manager may import. On NixOS the same work is done by units of its
#  own, which nobody has masked.
# custom:
#  id: PVE-STO-039
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS units
#  equivalent: boot.zfs
#  account: none
#  workaround: |
#   Find the reason first (`systemctl cat UNIT`, the shell history,
#   /etc/zfs/zfs-list.cache). Then say the same on NixOS:
#   systemd.services.zfs-mount.enable = false, boot.zfs.extraPools with
#   mkForce, or boot.zfs.requestEncryptionCredentials.
#  test:
#   before: |
#    `systemctl is-enabled {first}` on PVE prints masked.
#   after: |
#    `zfs mount` and `zpool list` on the trial system show the same data sets
#    and pools as on PVE right after its boot.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
#   - https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
package rules.storage.zfs_units_masked

import data.lib.disks
import data.lib.facts

# zfs-import, zfs-load-key and zfs-import-scan are masked or off as Debian brings them.
_units := {"zfs-import-cache.service", "zfs-mount.service", "zfs-share.service", "zfs-volume-wait.service", "zfs-zed.service"}

_masked[name] := facts.units[name].at if {
	some name in _units
	facts.units[name].unit.file_state == "masked"
}

findings contains {"at": sort([at | some at in _masked]), "vars": {"units": concat(", ", sort(object.keys(_masked))), "first": min(object.keys(_masked))}} if {
	count(_masked) > 0
	disks.zfs_in_use
}
