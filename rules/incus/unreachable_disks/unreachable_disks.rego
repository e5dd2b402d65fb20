# METADATA
# scope: package
# title: "Disks of guests are not there by themselves: {disks}"
# description: |
#  Incus opens a device or a file. These volumes cannot be found from the
#  configuration alone: their storage is not there, is one that PVE opens over the
#  network by itself, or has a name of another form. Guests come up without that
#  disk. Images of Ceph are mapped by the unit incus-volumes and are not meant here,
#  but for those whose names are no words of a shell.
# custom:
#  id: PVE-INC-003
#  kind: gap
#  category: feature
#  severity: critical
#  component: volumes on remote storages
#  account: review
#  workaround: |
#   Make the volume a device or a raw image that is there before incus.service, by a
#   unit of your own or by moving it on PVE (`qm disk move VMID DISK STORAGE`), and add
#   it: `incus config device add NAME scsi0 disk source=/dev/…`.
#  test:
#   before: |
#    `pvesm path STORAGE:VOLUME` on PVE prints no path below /dev that is there after
#    a boot: rbd: or a URL.
#   after: |
#    `incus config device list NAME` on the trial system prints each disk, and `incus
#    list` shows the guest RUNNING.
#  phase: convert
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.incus.unreachable_disks

import data.lib.drives
import data.lib.incus
import data.lib.rbd

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
	not rbd.of(v.file)
}

_absent contains v if {
	some v in _volumes
	not incus.place(v.file)
}

findings contains {"at": sort([v.at | some v in _absent]), "vars": {"disks": drives.words(_absent)}} if count(_absent) > 0
