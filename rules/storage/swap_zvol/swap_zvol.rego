# METADATA
# scope: package
# title: Swap lies on a ZFS volume
# description: |
#  Swap is on {device}. Under memory pressure ZFS needs memory to write to
#  its own volume, and the host can hang; on NixOS the device appears only
#  after the pool was imported, so swap is often missing after boot.
# custom:
#  id: PVE-STO-009
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: swap
#  equivalent: zramSwap.enable, swapDevices
#  account: none
#  workaround: |
#   Use zramSwap.enable, or a partition outside of the pool, instead; remove
#   the line from swapDevices.
#  test:
#   before: |
#    `swapon --show` on PVE prints /dev/zd*.
#   after: |
#    `swapon --show` on the trial system prints zram0 or a partition.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/ZFS_on_Linux
#   - https://github.com/openzfs/zfs/issues/7734
package rules.storage.swap_zvol

findings contains {"at": [sprintf("/storage/fstab/%d", [i])], "vars": {"device": f.spec}} if {
	some i, f in input.storage.fstab
	f.type == "swap"
	regex.match(`^/dev/(zvol/|zd)`, f.spec)
}
