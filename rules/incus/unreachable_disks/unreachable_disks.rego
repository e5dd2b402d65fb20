# METADATA
# scope: package
# title: "Disks of guests are not there by themselves: {disks}"
# description: |
#  Incus opens a device or a file. Volumes on Ceph have neither before they are
#  mapped, and those of other storages cannot be found from the configuration alone.
#  Guests with a mapped disk wait until its device is there; the others come up
#  without that disk.
# custom:
#  id: PVE-INC-003
#  kind: gap
#  category: feature
#  severity: critical
#  component: volumes on remote storages
#  account: review
#  workaround: |
#   Ceph: put the keyring of the storage to /etc/ceph and map the image at each boot:
#   `rbd map vm/vm-100-disk-0 --id admin`, by a line of /etc/ceph/rbdmap and a unit
#   of your own that runs before incus.service. Others: make the volume a device or a
#   raw image, and add it: `incus config device add NAME scsi0 disk source=/dev/…`.
#  test:
#   before: |
#    `pvesm path STORAGE:VOLUME` on PVE prints no path below /dev that is there after
#    a boot: rbd: or a URL.
#   after: |
#    `rbd showmapped` on the trial system prints each image, and `incus list` shows
#    the guest RUNNING.
#  phase: convert
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://docs.ceph.com/en/latest/man/8/rbdmap/
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.incus.unreachable_disks

import data.lib.drives
import data.lib.incus

_volumes contains {"vmid": vmid, "key": key, "at": d.at, "file": d.file} if {
	some vmid, list in incus.disks_of
	some key, d in list
}

_volumes contains {"vmid": vmid, "key": key, "at": d.at, "file": d.file} if {
	some vmid, list in incus.mounts_of
	some key, d in list
	key != "rootfs"
}

_absent contains v if {
	some v in incus.media_of
	not incus.media_source(v.file)
}

_absent contains v if {
	some v in _volumes
	incus.place(v.file).kind == "rbd"
}

_absent contains v if {
	some v in _volumes
	not incus.place(v.file)
}

findings contains {"at": sort([v.at | some v in _absent]), "vars": {"disks": drives.words(_absent)}} if count(_absent) > 0
