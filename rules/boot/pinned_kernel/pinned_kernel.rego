# METADATA
# scope: package
# title: The kernel is pinned for a reason that NixOS does not know
# description: |
#  proxmox-boot-tool starts {release} and no newer kernel. A pin is set when a newer one
#  broke something: a network card, a controller, the reset of a graphics card. NixOS
#  {nixos} starts series {series}, which may have the fault that the pin keeps away.
# custom:
#  id: PVE-BOOT-017
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: proxmox-boot-tool
#  equivalent: boot.kernelPackages
#  account: none
#  workaround: |
#   Find out what the pin is for (`journalctl --list-boots`, the date of
#   /etc/kernel/proxmox-boot-pin). If series {series} has the fault, choose another with
#   boot.kernelPackages from those of the release, and check that zfs is not marked broken
#   for it.
#  test:
#   before: |
#    `proxmox-boot-tool kernel list` prints {release} below `Pinned kernel`.
#   after: |
#    `uname -r` on the trial system prints a series without the fault, and what the pin was
#    for works.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysboot_kernel_pin
#   - https://search.nixos.org/options?query=boot.kernelPackages
package rules.boot.pinned_kernel

import data.lib.release

_series := release.kernel_series(input.host.kernel) if {
	true
} else := release.kernel

findings contains {"at": ["/system/boot/pinned_kernel"], "vars": {
	"release": input.system.boot.pinned_kernel,
	"series": _series,
	"nixos": release.current,
}} if {
	input.system.boot.pinned_kernel
}
