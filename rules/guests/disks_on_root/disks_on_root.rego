# METADATA
# scope: package
# title: "Disks of guests lie on PVE's root: storage {storage}"
# description: |
#  The storage {storage} is the directory {path} of PVE's root file system. The
#  new system has a root of its own, where the directory is empty, so the disks
#  of {vmids} are missing and these guests do not start. They still exist on the
#  old root, and are lost with it when somebody cleans up.
# custom:
#  id: PVE-VM-006
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: directory storage
#  equivalent: fileSystems
#  account: none
#  workaround: |
#   Move the disks to a storage of its own before the conversion
#   (`qm disk move VMID DISK TARGET`, `pct move-volume`). Or keep the old root
#   mounted, for example at /mnt/pve-root, and bind its {path} to {path} with
#   fileSystems."{path}" and the options bind and nofail; it must then never be
#   deleted.
#  test:
#   before: |
#    `findmnt -T {path}` on PVE shows / as the target.
#   after: |
#    On the trial system {path} holds the same disks, and the guests {vmids} start.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_directory
package rules.guests.disks_on_root

import data.lib.pve
import data.lib.volumes

_disks[id] contains v if {
	some v in volumes.list
	v.kind == "disk"
	id := v.storage
	volumes.on_root[id]
}

findings contains {
	"at": sort([v.at | some v in disks]),
	"vars": {"storage": id, "path": volumes.on_root[id], "vmids": pve.numbers({v.vmid | some v in disks})},
} if {
	some id, disks in _disks
}
