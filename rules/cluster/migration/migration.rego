# METADATA
# scope: package
# title: Other nodes reach this one for migration and replication
# description: |
#  Before a node on Debian sends a guest it logs in as root and runs /bin/true as a test;
#  NixOS has no such file, and the migration ends with "Can't connect to destination
#  address using public key". The link puts the program where they look for it.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-guest-common.git;a=blob;f=src/PVE/AbstractMigrate.pm
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuMigrate.pm
package rules.cluster.migration

import data.lib.pve

settings contains {"at": [], "option": ["systemd", "tmpfiles", "rules"], "value": ["L+ /bin/true - - - - /run/current-system/sw/bin/true"]} if {
	pve.clustered
}
