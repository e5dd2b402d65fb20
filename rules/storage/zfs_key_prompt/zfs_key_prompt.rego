# METADATA
# scope: package
# title: "The boot waits for the passphrase of {names}"
# description: |
#  PVE boots without these data sets until somebody runs `zfs load-key`.
#  NixOS asks for the passphrase of each encrypted data set while it imports
#  the pool, before local file systems are ready and without a limit of time.
#  Until somebody types it on the console there is no network login and no
#  guest, so an unattended trial boot never comes up.
# custom:
#  id: PVE-STO-032
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: ZFS encryption
#  equivalent: boot.zfs.requestEncryptionCredentials
#  account: none
#  workaround: |
#   Set boot.zfs.requestEncryptionCredentials to false, or to the list of
#   data sets that the boot needs, and load the others by hand as on PVE
#   (`zfs load-key -r POOL`, `zfs mount -a`). To wait only for a while set
#   boot.zfs.passwordTimeout to a number of seconds.
#  test:
#   before: |
#    `zfs get -r -H -o name,value keylocation` on PVE prints prompt for
#    {names}.
#   after: |
#    The trial system can be reached over the network without anyone at the
#    console, and `systemctl is-active zfs-import.target` there prints
#    active.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-load-key.8.html
package rules.storage.zfs_key_prompt

import data.lib.disks

_typed[at] := d.name if {
	some i, pool in disks.pools
	some j, d in pool.datasets
	some p in d.properties
	p.name == "keylocation"
	p.value == "prompt"
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

findings contains {"at": sort(object.keys(_typed)), "vars": {"names": concat(", ", sort({n | some n in _typed}))}} if {
	count(_typed) > 0
}
