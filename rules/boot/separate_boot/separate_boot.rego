# METADATA
# scope: package
# title: PVE has a boot partition of its own
# description: |
#  PVE mounts {device} at /boot. The kernels of NixOS must not land there:
#  it belongs to PVE, and filling it breaks the kernel updates of the system
#  that is the way back. It is not mounted on NixOS.
# custom:
#  id: PVE-BOOT-010
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: /boot
#  equivalent: fileSystems
#  account: review
#  workaround: |
#   Nothing has to be done for the trial boot. After the commit decide
#   whether the partition becomes /boot of NixOS; until PVE is given up,
#   leave it alone.
#  test:
#   before: |
#    `findmnt /boot` on PVE shows the partition.
#   after: |
#    `findmnt /boot` on the trial system does not show it, and its files have
#    not changed (`sha256sum`).
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://search.nixos.org/options?query=fileSystems
package rules.boot.separate_boot

findings contains {"at": [sprintf("/storage/fstab/%d", [i])], "vars": {"device": f.spec}} if {
	some i, f in input.storage.fstab
	f.file == "/boot"
	f.type != "vfat"
}
