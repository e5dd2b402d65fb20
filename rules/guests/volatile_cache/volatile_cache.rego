# METADATA
# scope: package
# title: "Disks of VMs lose data when the host is reset: {disks}"
# description: |
#  {disks} have cache=unsafe: QEMU tells the guest that data is on disk while
#  it is in the memory of the host, and never asks the host to write it. A
#  trial boot is guarded by a watchdog and by panic=10, and its rollback can be
#  a reset. Each of these takes away everything that such a guest has written
#  for minutes, file systems and databases included.
# custom:
#  id: PVE-VM-035
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: disk cache
#  account: none
#  workaround: |
#   Set cache=none or writeback before the conversion, with the VM off: `qm set
#   VMID --scsi0 VOLUME,cache=none` with the other options of the disk. A
#   scratch disk that may be lost can stay.
#  test:
#   before: |
#    `qm config VMID | grep cache=unsafe` on PVE prints the disk.
#   after: |
#    `qm config VMID | grep cache=unsafe` prints nothing for the guests named
#    here.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_hard_disk_cache
#   - https://www.qemu.org/docs/master/system/qemu-block-drivers.html
package rules.guests.volatile_cache

import data.lib.drives
import data.lib.facts

_disks[at] := d if {
	some at, d in drives.disks
	facts.field(d.property, "cache") == "unsafe"
}

findings contains {"at": sort(object.keys(_disks)), "vars": {"disks": drives.words(_disks)}} if count(_disks) > 0
