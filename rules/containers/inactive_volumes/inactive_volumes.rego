# METADATA
# scope: package
# title: Logical volumes of containers are not switched on at boot
# description: |
#  The volumes of {vmids} are logical volumes of {storages}. Since PVE 9 such
#  volumes are made with autoactivation off: they appear only when PVE switches
#  them on at the start of the guest. qemu-server does that on NixOS for VMs.
#  For containers nobody does: the device of the root file system does not
#  exist, and the container does not start.
# custom:
#  id: PVE-CT-015
#  kind: gap
#  category: configuration
#  severity: major
#  component: LVM storages
#  equivalent: systemd.services.<name>.preStart
#  account: none
#  bridge: container
#  workaround: |
#   Switch them on before the container: `lvchange -ay -K GROUP/vm-VMID-disk-0`
#   in preStart of its unit, for every volume. On a group that no other host
#   uses, autoactivation can be given back for good: `lvchange
#   --setautoactivation y GROUP/VOLUME`.
#  test:
#   before: |
#    `lvs -o lv_name,autoactivation,lv_active` on PVE prints no autoactivation
#    for the volumes of {vmids}.
#   after: |
#    After a reboot of the trial system `lvs -o lv_name,lv_active` prints
#    active for them, and the containers run.
#  phase: boot
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
