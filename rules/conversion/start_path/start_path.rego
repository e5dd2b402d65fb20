# METADATA
# scope: package
# title: The plan knows how the new system is started
# description: |
#  Says by which loader the trial is started and which EFI system partitions its files go
#  to. It is PVE's own loader; nothing of another one is installed.
# custom:
#  sources:
#   - https://pve.proxmox.com/wiki/Host_Bootloader
#   - https://systemd.io/BOOT_LOADER_INTERFACE/
package rules.conversion.start_path

import data.lib.bootpath

plans contains {"at": bootpath.at, "path": ["boot", name], "value": value} if {
	some name, value in bootpath.path
}
