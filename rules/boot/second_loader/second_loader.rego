# METADATA
# scope: package
# title: systemd-boot is installed beside the GRUB that starts this host
# description: |
#  GRUB starts this host ({kind}), and the package systemd-boot is installed as well. Its
#  hooks write a second loader to the EFI partition at each update and may put it in front,
#  and updates of PVE's own boot packages break on it. Before a conversion two loaders on
#  one partition are one too many.
# custom:
#  id: PVE-BOOT-020
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: systemd-boot
#  account: none
#  workaround: |
#   `apt remove systemd-boot` on PVE (systemd-boot-tools and systemd-boot-efi may stay),
#   then `proxmox-boot-tool refresh` or `update-grub`, and one restart.
#  test:
#   before: |
#    `dpkg -l systemd-boot | grep -c ^ii` on PVE prints 1.
#   after: |
#    It prints 0, and `efibootmgr` shows GRUB's entry first.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9#sd-boot-warning
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.boot.second_loader

import data.lib.facts

# On PVE 8 the package is part of an installation and has bootctl; the hooks came with Debian 13.
findings contains {"at": [p.at], "vars": {"kind": _firmware}} if {
	p := facts.packages["systemd-boot"]
	input.host.pve_major >= 9
	input.system.boot.loader == "grub"
	_firmware != "BIOS"
}

_firmware := upper(input.hardware.firmware.kind) if {
	true
} else := "firmware not known"
