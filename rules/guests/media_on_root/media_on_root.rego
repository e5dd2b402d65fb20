# METADATA
# scope: package
# title: "VMs have media inserted that lie on PVE's root: storage {storage}"
# description: |
#  {vmids} have a CD image or a cloud-init snippet of the storage {storage}, the
#  directory {path} of PVE's root. The new root does not have these files (of
#  snippets those of the storage local come along), and
#  QEMU does not start a VM whose inserted medium is missing, even when the guest
#  never reads it.
# custom:
#  id: PVE-VM-007
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: CD images of VMs
#  account: none
#  workaround: |
#   Eject what is not needed (`qm set VMID --ide2 none,media=cdrom`), and copy
#   images and snippets that are needed to a storage of its own, or below
#   {path} of the new root.
#  test:
#   before: |
#    `qm config VMID` on PVE prints {storage}:iso/… or {storage}:snippets/… for
#    {vmids}.
#   after: |
#    `qm start VMID` on the trial system ends without "volume … does not exist"
#    for {vmids}.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#storage_directory
package rules.guests.media_on_root

import data.lib.facts
import data.lib.pve
import data.lib.snippets
import data.lib.volumes

_media[id] contains {"vmid": v.vmid, "at": v.at} if {
	some v in volumes.list
	v.kind == "media"
	facts.vms[v.vmid]
	id := v.storage
	volumes.on_root[id]
}

_media[id] contains {"vmid": vmid, "at": g.config.cicustom.at} if {
	some vmid, g in facts.vms
	some f in g.config.cicustom.property.fields
	not snippets.has(f.value)
	id := volumes.storage_of(f.value)
	volumes.on_root[id]
}

findings contains {
	"at": sort([m.at | some m in media]),
	"vars": {"storage": id, "path": volumes.on_root[id], "vmids": pve.numbers({m.vmid | some m in media})},
} if {
	some id, media in _media
}
