# METADATA
# scope: package
# title: Logical volumes of containers are not switched on at boot
# description: |
#  The volumes of {vmids} are logical volumes of {storages}. Since PVE 9 such
#  volumes are made with autoactivation off: they appear only when PVE switches
#  them on at the start of the guest. Where PVE is gone nobody does: the device
#  that a container's files are to be taken from does not exist.
# custom:
#  id: PVE-CT-015
#  kind: gap
#  category: configuration
#  severity: major
#  component: LVM storages
#  equivalent: services.lvm.enable
#  account: none
#  workaround: |
#   Switch them on before the instances are made: `lvchange -ay -K
#   GROUP/vm-VMID-disk-0` for every volume. On a group that no other host uses,
#   autoactivation can be given back for good: `lvchange --setautoactivation y
#   GROUP/VOLUME`.
#  test:
#   before: |
#    `lvs -o lv_name,autoactivation,lv_active` on PVE prints no autoactivation
#    for the volumes of {vmids}.
#   after: |
#    `lvs -o lv_name,lv_active` on the trial system prints active for them before
#    their files are copied, and `ls` of the instance's root the files of the
#    container.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://bugzilla.proxmox.com/show_bug.cgi?id=4997
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/PVE/Storage/LvmThinPlugin.pm
#   - https://man7.org/linux/man-pages/man8/lvchange.8.html
package rules.containers.inactive_volumes

import data.lib.disks
import data.lib.pve
import data.lib.volumes

_volumes contains v if {
	input.host.pve_major >= 9
	some v in volumes.list
	pve.containers[v.vmid]
	disks.storages[v.storage].section.type in {"lvm", "lvmthin"}
}

findings contains {
	"at": sort([v.at | some v in _volumes]),
	"vars": {"vmids": pve.numbers({v.vmid | some v in _volumes}), "storages": concat(", ", sort({v.storage | some v in _volumes}))},
} if {
	count(_volumes) > 0
}
