# METADATA
# scope: package
# title: A volume group that several hosts share is activated on all of them
# description: |
#  The storage {id} is LVM on disks that all nodes see. Volumes that PVE 8
#  and earlier made are activated at boot by each host that sees them, on
#  NixOS too. A host keeps the map of an active volume while another node
#  removes, grows or makes it anew; a guest that is moved here later then
#  reads and writes the blocks of other volumes.
# custom:
#  id: PVE-STO-013
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: shared LVM
#  equivalent: environment.etc."lvm/lvm.conf"
#  account: none
#  workaround: |
#   Switch automatic activation off for the volumes before the conversion:
#   `/usr/share/pve-manager/migrations/pve-lvm-disable-autoactivation` of PVE
#   9, or `lvchange --setautoactivation n VG/LV` for each. PVE 9 does it for
#   new volumes itself.
#  test:
#   before: |
#    `lvs -o name,autoactivation VG` on PVE shows enabled.
#   after: |
#    It shows nothing, and `lvs -o name,active VG` on the trial system shows
#    no volume of a guest that runs elsewhere as active.
#  phase: prepare
#  sources:
#   - https://bugzilla.proxmox.com/show_bug.cgi?id=4997
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://man7.org/linux/man-pages/man5/lvm.conf.5.html
package rules.storage.shared_lvm

import data.lib.disks
import data.lib.facts

findings contains {"at": [s.at], "vars": {"id": id}} if {
	some id, s in disks.storages
	s.section.type == "lvm"
	facts.truthy(s.properties.shared.property.value)
}
