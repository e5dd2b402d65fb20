# METADATA
# scope: package
# title: The EFI system partition is too small for two systems
# description: |
#  The partition {device} has {mib} MiB and holds {kernels} kernels of PVE
#  already, each with its initial RAM disk (about 80 MB together). A
#  generation of NixOS needs as much again. When it is full the new entry is
#  cut short: the loader starts a truncated kernel, or PVE cannot update its
#  own.
# custom:
#  id: PVE-BOOT-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: EFI system partition
#  equivalent: boot.loader.systemd-boot.configurationLimit
#  account: none
#  workaround: |
#   Remove kernels that are not needed (`proxmox-boot-tool kernel list`,
#   `apt remove proxmox-kernel-OLD`, `proxmox-boot-tool refresh`) until 300
#   MB are free, and keep boot.loader.*.configurationLimit at 3.
#  test:
#   before: |
#    `proxmox-boot-tool status`, then `df -h` on the mounted partition shows
#    little room.
#   after: |
#    `df -h` on the mounted partition shows 300 MB free, and after the staging `sha256sum`
#    prints the same for kernel and initrd on it and in the Nix store.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.boot.esp_space

import data.lib.disks

# Less than this does not hold the kernels of PVE and three of NixOS.
_wanted := 1073741824

# Room for one kernel with its initial RAM disk, in bytes.
_generation := 83886080

findings contains {"at": ["/system/boot/esps"], "vars": {
	"device": d.name,
	"mib": floor(d.size_bytes / 1048576),
	"kernels": count(input.system.boot.kernels),
}} if {
	some uuid in input.system.boot.esps
	some d in disks.by_path[concat("", ["/dev/disk/by-uuid/", uuid])]
	d.size_bytes < _wanted
	d.size_bytes < (count(input.system.boot.kernels) + 3) * _generation
}
