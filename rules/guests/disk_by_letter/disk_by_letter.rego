# METADATA
# scope: package
# title: "Guest {vmid} writes to disks that are named by their turn: {disks}"
# description: |
#  {vmid} ({name}) is given {disks}. Letters and numbers of disks follow the
#  order in which the kernel finds them. NixOS loads other drivers in its
#  initial RAM disk, so that the order can be another one at the first boot.
#  The guest then writes to whatever bears the name: a disk of the host, of a
#  pool, or of another guest. Nothing stops it.
# custom:
#  id: PVE-VM-036
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: raw disks of guests
#  account: none
#  workaround: |
#   Name the disk by a link that belongs to it before the conversion, with the
#   guest off: `ls -l /dev/disk/by-id/` shows which, then `qm set {vmid}
#   --scsi1 /dev/disk/by-id/NAME` (`pct set {vmid} --mp0
#   /dev/disk/by-id/NAME,mp=PATH`).
#  test:
#   before: |
#    `grep -E '/dev/(sd|hd|vd|nvme|md|dm-)' /etc/pve/*/{vmid}.conf` on PVE
#    prints the disks.
#   after: |
#    The guest's configuration names only links below /dev/disk/by-id, and
#    `lsblk -o NAME,SERIAL` on the trial system shows that `readlink -f` of
#    each is the disk that was meant.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Passthrough_Physical_Disk_to_Virtual_Machine_(VM)
#   - https://wiki.archlinux.org/title/Persistent_block_device_naming
package rules.guests.disk_by_letter

import data.lib.drives
import data.lib.pve

_turn := `^/dev/([hsv]d[a-z]{1,3}|xvd[a-z]|nvme[0-9]+n[0-9]+p?|mmcblk[0-9]+p?|md[0-9]+p?|dm-)[0-9]*$`

_disks[d.vmid] contains {"path": d.file, "at": at} if {
	some at, d in drives.disks
	regex.match(_turn, d.file)
}

_disks[d.vmid] contains {"path": d.volume, "at": at} if {
	some at, d in drives.mounts
	regex.match(_turn, d.volume)
}

findings contains {
	"at": sort([d.at | some d in list]),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "disks": concat(", ", sort({d.path | some d in list}))},
} if {
	some vmid, list in _disks
}
