# METADATA
# scope: package
# title: Keys of encrypted data sets lie on PVE's root
# description: |
#  The data sets {names} are opened with a key from a file: {files}. NixOS
#  loads keys right after the import of the pool, when of its own file
#  systems only the new root is there, which has no such file. The data sets
#  stay closed, what is stored on them is missing, and the directories where
#  they belong are empty and can be written to.
# custom:
#  id: PVE-STO-031
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS encryption
#  equivalent: boot.zfs.requestEncryptionCredentials
#  account: none
#  workaround: |
#   Copy each key file to the same path of the new root with mode 0400, never
#   into the Nix store. When the key is on a disk of its own (USB), order the
#   import after its mount:
#   systemd.services."zfs-import-POOL".unitConfig.RequiresMountsFor. Keep a
#   copy of the keys off this host before the conversion.
#  test:
#   before: |
#    `zfs get -r -t filesystem,volume keylocation,keystatus` on PVE prints
#    the files and "available".
#   after: |
#    After a reboot of the trial system the same command prints "available"
#    for {names}, and `zfs mount` lists them.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-load-key.8.html
package rules.storage.zfs_key_file

_keys contains {"at": sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j]), "name": d.name, "file": trim_prefix(p.value, "file://")} if {
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	some p in d.properties
	p.name == "keylocation"
	startswith(p.value, "file://")
}

findings contains {"at": sort({k.at | some k in _keys}), "vars": {
	"names": concat(", ", sort({k.name | some k in _keys})),
	"files": concat(", ", sort({k.file | some k in _keys})),
}} if {
	count(_keys) > 0
}
