# METADATA
# scope: package
# title: "Backups of VMs lack disks: {disks}"
# description: |
#  {disks} have backup=0. The backup that stands between a conversion and a
#  lost guest does not hold them, and a restore from it gives back a VM without
#  them; where it overwrites the VM, they stay as unused disks, and where the
#  VM was removed before, they are gone.
# custom:
#  id: PVE-VM-042
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: backup of guests
#  account: none
#  workaround: |
#   Back these disks up in another way before the conversion (a copy inside the
#   guest, a ZFS snapshot, `zfs send`), or include them for once: `qm set VMID
#   --DISK VOLUME,backup=1` with the other options of the disk, and run the
#   job.
#  test:
#   before: |
#    The log of `vzdump VMID` on PVE says "exclude disk" for them.
#   after: |
#    The log of `vzdump VMID` says "include disk" for each disk that cannot be
#    made again.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.guests.disks_not_in_backup

import data.lib.drives
import data.lib.facts

_disks[at] := d if {
	some at, d in drives.disks
	facts.field(d.property, "backup") in {"0", "false", "no", "off"}
	not _cd(d.property)
}

_cd(property) if facts.field(property, "media") == "cdrom"

findings contains {"at": sort(object.keys(_disks)), "vars": {"disks": drives.words(_disks)}} if count(_disks) > 0
