# METADATA
# scope: package
# title: "Guests have disks on storages that refuse them: {volumes}"
# description: |
#  The storages of these volumes exist, but their content does not allow
#  disks of machines (images), of containers (rootdir) or CDs in a drive
#  (iso) any more: somebody changed it after the guest was made. A guest that
#  runs goes on; the next start, which is the first one on NixOS, is refused:
#  storage does not support content-type.
# custom:
#  id: PVE-STO-062
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: storages
#  account: none
#  workaround: |
#   `pvesm set STORAGE --content images,rootdir,…` with the kinds of now and
#   the missing one, or move the disks (`qm disk move`, `pct move-volume`) and
#   take the CD out (`qm set VMID --ide2 none,media=cdrom`).
#   Restart one of the guests under PVE.
#  test:
#   before: |
#    `pvesm config STORAGE` on PVE prints a content without the kind, and
#    `qm start VMID` of a stopped guest prints "does not support content-type".
#   after: |
#    `pvesm config STORAGE` prints the kind, and `qm start VMID` works on PVE
#    and on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer.pm
package rules.storage.content_refused

import data.lib.disks
import data.lib.facts
import data.lib.volumes

_needs(v) := "iso" if {
	v.kind == "media"
	contains(v.volume, ":iso/")
} else := {"lxc": "rootdir", "qemu": "images"}[facts.guests[v.vmid].guest.type]

# Directories of containers are mounted whatever the storage says.
_directory(v) if regex.match(`[:/](subvol|basevol)-[0-9]+-`, v.volume)

_content[id] := kinds if {
	some id, s in disks.storages
	given := s.properties.content.property.value
	kinds := {kind | some kind in regex.split(`[,; ]+`, given)}
}

_refused contains v if {
	some v in volumes.list
	not _directory(v)
	kinds := _content[v.storage]
	not _needs(v) in kinds
}

findings contains {"at": sort([v.at | some v in _refused]), "vars": {"volumes": concat(", ", sort([v.volume | some v in _refused]))}} if {
	count(_refused) > 0
}
