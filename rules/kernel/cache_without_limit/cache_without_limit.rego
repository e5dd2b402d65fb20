# METADATA
# scope: package
# title: The cache of ZFS has no limit of its own on the new system
# description: |
#  Nothing on this host limits the cache of ZFS, so it may take half of the memory here (ZFS
#  {have}). From ZFS 2.3 on, which NixOS {release} has, the default on Linux is all of the
#  memory but one GiB. The cache gives memory back when asked, but slowly: a guest of
#  {memory} GiB that starts after a backup has run finds none, and the kernel kills another
#  guest.
# custom:
#  id: PVE-KRN-005
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS
#  equivalent: boot.extraModprobeConfig
#  account: none
#  workaround: |
#   Write a limit down: boot.extraModprobeConfig = "options zfs zfs_arc_max=BYTES", on a
#   host of guests a tenth of the memory and at most 16 GiB, as the installer of PVE sets it
#   since 8.1.
#  test:
#   before: |
#    `awk '/^c_max/ {print $3}' /proc/spl/kstat/zfs/arcstats` on PVE prints half of the
#    memory.
#   after: |
#    On the trial system `arc_summary | grep "Max size"` prints your limit.
#  phase: run
#  sources:
#   - https://github.com/openzfs/zfs/pull/15437
#   - https://openzfs.github.io/openzfs-docs/Performance%20and%20Tuning/Module%20Parameters.html
#   - https://pve.proxmox.com/wiki/ZFS_on_Linux#sysadmin_zfs_limit_memory_usage
package rules.kernel.cache_without_limit

import data.lib.disks
import data.lib.facts
import data.lib.kernel
import data.lib.release

_limited if {
	some p in input.system.modprobe
	p.key == "options zfs"
	contains(p.value, "zfs_arc_max=")
}

_limited if kernel.by_key["zfs.zfs_arc_max"]

_limited if {
	some p in input.hardware.module_parameters
	p.module == "zfs"
	p.name == "zfs_arc_max"
	p.value != "0"
}

# The largest guest that may ask for memory in one piece.
_memory := max([to_number(g.config.memory.property.value) |
	some g in facts.guests
	regex.match(`^[0-9]{1,8}$`, g.config.memory.property.value)
])

findings contains {"at": sort([sprintf("/storage/zfs_pools/%d", [i]) | some i, _ in disks.pools]), "vars": {
	"have": zfs.package.version,
	"release": release.current,
	"memory": ceil(_memory / 1024),
}} if {
	disks.zfs_in_use
	zfs := facts.packages["zfsutils-linux"]
	release.series(zfs.package.version) < release.series("2.3")
	release.series(release.zfs) >= release.series("2.3")
	"system.modprobe" in facts.known
	"system.boot" in facts.known
	not _limited
}
