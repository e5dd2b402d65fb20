# METADATA
# scope: package
# title: Where PVE's root lies could not be learnt
# description: |
#  Neither mounts nor fstab nor the boot loader say on which pool, volume
#  group or partition the root of PVE is. The configuration names a file
#  system with the label nixos, which nobody has made, so the trial boot
#  finds no root.
# custom:
#  id: PVE-STO-002
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: root file system
#  equivalent: fileSystems."/"
#  account: none
#  workaround: |
#   Capture the running host instead of a tree, or set fileSystems."/" by
#   hand to the volume that you made for the new system.
#  test:
#   before: |
#    `jq .storage.mounts snapshot.json` prints an empty list, and `jq
#    .storage.fstab snapshot.json` one without a line for /.
#   after: |
#    `findmnt -no SOURCE /` on the trial system prints the device that
#    fileSystems."/" names.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://search.nixos.org/options?query=fileSystems
package rules.storage.root_unknown

import data.lib.disks

findings contains {"at": disks.root.at, "vars": {}} if {
	disks.root.kind == "unknown"
}
