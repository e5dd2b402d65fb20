# METADATA
# scope: package
# title: Only one of several EFI partitions is kept up to date
# description: |
#  proxmox-boot-tool keeps {count} EFI partitions equal, so that the host
#  starts from either disk of its mirror. The loader of NixOS writes to one.
#  After that disk fails, the other one starts an old generation or only PVE.
# custom:
#  id: PVE-BOOT-005
#  kind: gap
#  category: feature
#  severity: major
#  component: proxmox-boot-tool
#  equivalent: boot.loader.grub.mirroredBoots
#  account: none
#  workaround: |
#   Copy the mounted partition to the others in
#   boot.loader.systemd-boot.extraInstallCommands (mount each by UUID,
#   `rsync -rt --delete` of EFI/nixos and loader/entries), or use
#   boot.loader.grub.mirroredBoots with one entry for each partition.
#  test:
#   before: |
#    `proxmox-boot-tool status` lists all partitions.
#   after: |
#    After `nixos-rebuild boot` the files below EFI/nixos are equal on all,
#    and the machine starts with each disk pulled in turn.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://search.nixos.org/options?query=boot.loader.systemd-boot.extraInstallCommands
package rules.boot.several_esps

findings contains {"at": ["/system/boot/esps"], "vars": {"count": count(input.system.boot.esps)}} if {
	count(input.system.boot.esps) > 1
}
