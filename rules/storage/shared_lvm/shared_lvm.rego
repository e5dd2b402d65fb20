# METADATA
# scope: package
# title: A volume group that several hosts share is activated on all of them
# description: |
#  The storage {id} is LVM on disks that all nodes see. PVE keeps its
#  volumes inactive until a guest needs one; NixOS activates every volume
#  group that it finds at boot. The same volume active and written on two
#  hosts is the end of the guest's file system.
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
#   `vgchange --setautoactivation n VG` and, for older volumes, `lvchange
#   --setautoactivation n VG/LV`. PVE 9 does this for new volumes itself.
#  test:
#   before: |
#    `lvs -o name,autoactivation VG` on PVE shows enabled.
#   after: |
#    It shows nothing, and `lvs -o name,active VG` on the trial system shows
#    no volume of a guest that runs elsewhere as active.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://man7.org/linux/man-pages/man5/lvm.conf.5.html
package rules.storage.shared_lvm

import data.lib.disks
import data.lib.facts

findings contains {"at": [s.at], "vars": {"id": id}} if {
	some id, s in disks.storages
	s.section.type == "lvm"
	facts.truthy(s.properties.shared.property.value)
}
