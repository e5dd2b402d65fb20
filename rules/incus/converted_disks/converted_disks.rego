# METADATA
# scope: package
# title: "Disks of VMs have to be converted before they start: {disks}"
# description: |
#  Incus reads images of disks as they are, byte by byte. A qcow2 or vmdk image that
#  is given to it is a disk of rubbish to the guest, which can then write into it.
#  The instance names a raw image beside the old one and is not made before that
#  exists.
# custom:
#  id: PVE-INC-002
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: disk images
#  account: review
#  workaround: |
#   With the guest stopped: `qemu-img convert -p -O raw vm-100-disk-0.qcow2
#   vm-100-disk-0.qcow2.raw` in the same folder, then `systemctl restart incus-
#   instances`. Raw images are sparse, but snapshots inside of a qcow2 image are not
#   in them. The old image is not changed.
#  test:
#   before: |
#    `qm config VMID` on PVE prints a volume that ends in .qcow2 or .vmdk for
#    {disks}.
#   after: |
#    `qemu-img info FILE.raw` prints "file format: raw", and `incus list` on the
#    trial system shows the guest.
#  phase: convert
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
#   - https://www.qemu.org/docs/master/tools/qemu-img.html
package rules.incus.converted_disks

import data.lib.drives
import data.lib.incus

_disks contains {"vmid": vmid, "key": key, "at": d.at} if {
	some vmid, list in incus.disks_of
	some key, d in list
	incus.place(d.file).kind == "convert"
}

findings contains {"at": sort([d.at | some d in _disks]), "vars": {"disks": drives.words(_disks)}} if count(_disks) > 0
