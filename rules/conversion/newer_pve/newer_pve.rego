# METADATA
# scope: package
# title: "PVE {have} is newer than the {want} of proxmox-nixos"
# description: |
#  The conversion is a step back for PVE. Keys and sections of the database that {want} does not
#  know are dropped or make a guest or storage unreadable, and VMs that are pinned to a machine of
#  a newer QEMU do not start.
# custom:
#  id: PVE-CNV-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: version of PVE
#  equivalent: services.proxmox-ve.package
#  account: none
#  workaround: |
#   Wait for a revision of proxmox-nixos with {have} and set its input to it, or compare the
#   release notes of PVE between {want} and {have} with what this host uses.
#  test:
#   before: |
#    `pveversion` on PVE prints a newer version than `pvesh get /version` on the trial
#    system.
#   after: |
#    `pveversion` on PVE is not newer than what `pvesh get /version` prints on the trial
#    system, and `qm config VMID` of every guest prints no warning.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Roadmap
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
package rules.conversion.newer_pve

import data.lib.pve
import data.lib.release

findings contains {"at": ["/host/pve_version"], "vars": {"have": input.host.pve_version, "want": pve.target_version}} if {
	release.series(input.host.pve_version) > release.series(pve.target_version)
}
