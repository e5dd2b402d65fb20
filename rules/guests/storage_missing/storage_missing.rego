# METADATA
# scope: package
# title: "Guests have disks on the storage {storage}, which does not exist here"
# description: |
#  {vmids} refer to volumes of {storage}, but storage.cfg has no such storage, or
#  keeps it from this node. They do not start on PVE either; a conversion must not
#  be blamed for it later, and the volumes may still be on a disk that somebody
#  takes for free.
# custom:
#  id: PVE-VM-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: volumes of guests
#  account: none
#  workaround: |
#   Find out what the storage was and add it again (`pvesm add`), move the disks,
#   or detach them (`qm set VMID --delete DISK`) or remove the guest. Capture
#   again afterwards.
#  test:
#   before: |
#    `qm start VMID` on PVE for one of {vmids} says that storage {storage}
#    does not exist or is not available.
#   after: |
#    `pvesm status` lists {storage} as active, or no guest names it.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.guests.storage_missing

import data.lib.disks
import data.lib.facts
import data.lib.pve
import data.lib.volumes

_missing[id] contains v if {
	"storage.storages" in facts.known
	some v in volumes.list
	id := v.storage
	not disks.storages[id]
}

findings contains {"at": sort([v.at | some v in list]), "vars": {"storage": id, "vmids": pve.numbers({v.vmid | some v in list})}} if {
	some id, list in _missing
}
