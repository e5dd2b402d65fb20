# METADATA
# scope: package
# title: "Disks of VMs lose words that the guest can see: {words}"
# description: |
#  Incus gives each disk a serial number of its own, made from the name of the
#  device, and no other identity. A guest that knows a disk by /dev/disk/by-id, by
#  the serial or the WWN of PVE, does not find it. It also has one cache mode and one
#  limit for reads and one for writes.
# custom:
#  id: PVE-INC-018
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: disks of VMs
#  account: review
#  workaround: |
#   Make the guest go by the UUID or the label of the file system: `blkid` and
#   /etc/fstab, ZFS by `zpool import -d /dev/disk/by-partuuid`. A serial can be had
#   by raw.qemu.conf: a section [device "dev-incus_scsi0"] with serial = "PGDATA".
#  test:
#   before: |
#    `ls -l /dev/disk/by-id` in the guest on PVE prints the serial of {words}, and
#    /etc/fstab names it.
#   after: |
#    `findmnt` in the guest on the trial system prints every mount of /etc/fstab.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/#raw-instance-configuration-overrides
package rules.incus.disk_options

import data.lib.facts
import data.lib.incus

_lost contains {"vmid": vmid, "key": key, "at": d.at, "word": word} if {
	some vmid, list in incus.disks_of
	some key, d in list
	some word in ["serial", "wwn", "vendor", "product"]
	facts.field(d.property, word)
}

_lost contains {"vmid": vmid, "key": key, "at": d.at, "word": sprintf("cache=%s", [cache])} if {
	some vmid, list in incus.disks_of
	some key, d in list
	cache := facts.field(d.property, "cache")
	cache in {"directsync", "writethrough"}
}

_lost contains {"vmid": vmid, "key": key, "at": d.at, "word": requests} if {
	some vmid, list in incus.disks_of
	some key, d in list
	some bytes, requests in {"mbps_rd": "iops_rd", "mbps_wr": "iops_wr"}
	facts.field(d.property, bytes)
	facts.field(d.property, requests)
}

findings contains {
	"at": sort({l.at | some l in _lost}),
	"vars": {"words": concat(", ", sort({sprintf("%d %s %s", [l.vmid, l.key, l.word]) | some l in _lost}))},
} if {
	count(_lost) > 0
}
