# METADATA
# scope: package
# title: "Disks change their controller: {disks}"
# description: |
#  Incus has no IDE and no SATA; these disks are given to the guest as NVMe, which
#  systems of the last ten years know by themselves. Older Windows stops with
#  INACCESSIBLE_BOOT_DEVICE, an initrd that was made for the old controller finds no
#  root, and a fstab with /dev/sda names nothing.
# custom:
#  id: PVE-INC-004
#  kind: gap
#  category: feature
#  severity: major
#  component: disk controllers
#  account: review
#  workaround: |
#   Move the disk on PVE to SCSI with the VirtIO SCSI controller while you can still
#   go back: install the drivers in the guest, attach a second small disk there so
#   that Windows loads them, then detach the disk and attach it as scsi0 and set the
#   boot order. In Linux name file systems by UUID and rebuild the initrd.
#  test:
#   before: |
#    `qm config VMID` on PVE prints ide0 or sata0 for {disks}.
#   after: |
#    `incus start NAME --console` on the trial system reaches the login.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://pve.proxmox.com/wiki/Paravirtualized_Block_Drivers_for_Windows
package rules.incus.buses

import data.lib.drives
import data.lib.incus

_disks contains {"vmid": vmid, "key": key, "at": d.at} if {
	some vmid, list in incus.disks_of
	some key, d in list
	d.bus in {"ide", "sata"}
}

findings contains {"at": sort([d.at | some d in _disks]), "vars": {"disks": drives.words(_disks)}} if count(_disks) > 0
