# METADATA
# scope: package
# title: PVE cannot renew its own systemd-boot
# description: |
#  systemd-boot starts this host, but none of the packages that hold it is installed, as
#  happens after an upgrade from PVE 7. `proxmox-boot-tool` cannot copy the loader to a new
#  or repaired EFI partition: when the conversion damages the one there is, PVE cannot be
#  made to start again from its own root.
# custom:
#  id: PVE-BOOT-021
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: proxmox-boot-tool
#  account: none
#  workaround: |
#   `apt install systemd-boot` on PVE 8 (`systemd-boot-tools systemd-boot-efi` on PVE 9),
#   then `proxmox-boot-tool refresh`.
#  test:
#   before: |
#    `ls /usr/lib/systemd/boot/efi/systemd-bootx64.efi` on PVE prints `No such file or
#    directory`.
#   after: |
#    It prints the path, and `proxmox-boot-tool reinit` ends without an error.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_7_to_8
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve7to8.pm
package rules.boot.loader_not_kept

import data.lib.facts

findings contains {"at": ["/packages", "/system/boot/loader"], "vars": {}} if {
	input.system.boot.loader == "systemd-boot"
	count(input.system.boot.esps) > 0
	input.host.pve_major >= 8
	"packages" in facts.known
	every name in ["systemd-boot", "systemd-boot-efi", "systemd-boot-tools"] {
		not facts.packages[name]
	}
}
