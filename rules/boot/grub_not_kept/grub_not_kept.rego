# METADATA
# scope: package
# title: Nothing renews the GRUB that starts PVE
# description: |
#  The host starts with UEFI and GRUB, proxmox-boot-tool keeps no partition, and the package
#  grub-efi-amd64 is missing: updates of GRUB stay on the disk and never reach the EFI
#  partition. The GRUB there is as old as the installation. After an upgrade of PVE its
#  modules and its image no longer fit together and the way back ends in `grub rescue>`.
# custom:
#  id: PVE-BOOT-019
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: GRUB on UEFI
#  account: none
#  workaround: |
#   `apt install grub-efi-amd64` on PVE before the conversion (it takes the place of
#   grub-pc), then `grub-install` and `update-grub`, and one restart.
#  test:
#   before: |
#    `dpkg -l grub-efi-amd64 | grep -c ^ii` on PVE prints 0.
#   after: |
#    `dpkg -l grub-efi-amd64 | grep -c ^ii` prints 1, and PVE starts after a restart.
#  phase: prepare
#  sources:
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
#   - https://pve.proxmox.com/wiki/Recover_From_Grub_Failure
package rules.boot.grub_not_kept

import data.lib.facts

findings contains {"at": ["/hardware/firmware/kind", "/packages"], "vars": {}} if {
	input.hardware.firmware.kind == "uefi"
	input.system.boot.loader == "grub"
	count(input.system.boot.esps) == 0
	"packages" in facts.known
	not facts.packages["grub-efi-amd64"]
}
