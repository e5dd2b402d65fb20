# METADATA
# scope: package
# title: Only one of several EFI partitions is kept up to date
# description: |
#  proxmox-boot-tool keeps {count} EFI partitions equal, so that the host
#  starts from either disk of its mirror. GRUB of NixOS writes to one. After
#  that disk fails, the other one starts what it had on the day of the
#  conversion.
# custom:
#  id: PVE-BOOT-005
#  kind: gap
#  category: feature
#  severity: major
#  component: proxmox-boot-tool
#  equivalent: boot.loader.grub.mirroredBoots
#  account: none
#  workaround: |
#   Mount each partition at a place of its own (fileSystems."/boot-2"), and give
#   boot.loader.grub.mirroredBoots one entry for each, with its path and, on
#   UEFI, its efiSysMountPoint.
#  test:
#   before: |
#    `proxmox-boot-tool status` lists all partitions.
#   after: |
#    After `nixos-rebuild boot`, `cmp` of the newest kernel below the path of
#    each entry prints nothing, and the machine starts with each disk pulled in
#    turn.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://search.nixos.org/options?query=boot.loader.grub.mirroredBoots
package rules.boot.several_esps

import data.lib.esp

findings contains {"at": ["/system/boot/esps"], "vars": {"count": count(input.system.boot.esps)}} if {
	count(input.system.boot.esps) > 1
	not esp.copied
}
