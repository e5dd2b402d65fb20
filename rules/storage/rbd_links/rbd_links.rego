# METADATA
# scope: package
# title: "Mapped RBD images get no name: storages {ids}"
# description: |
#  These storages map images with the kernel: with krbd all of them, without
#  it the state of a virtual TPM, which swtpm opens as a device. PVE looks for
#  /dev/rbd-pve/…, a link that a rule of udev makes. proxmox-nixos packages
#  the rule and does not install it, so each image is mapped, no link
#  appears, and the guest's start ends with a missing device.
# custom:
#  id: PVE-STO-077
#  kind: gap
#  category: service
#  severity: critical
#  component: RBD storage
#  equivalent: services.udev.packages
#  account: none
#  workaround: |
#   services.udev.packages = [ pkgs.pve-storage ]; brings 50-rbd-pve.rules.
#   Or switch krbd off for storages of virtual machines (`pvesm set NAME
#   --krbd 0`) and move the state of a TPM to another one (`qm disk move VMID
#   tpmstate0 STORAGE`).
#  test:
#   before: |
#    `ls /dev/rbd-pve` on PVE shows the id of the cluster while a guest runs.
#   after: |
#    `rbd map POOL/IMAGE` on the trial system makes a link below
#    /dev/rbd-pve, and a guest of each of {ids} starts.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/udev-rbd/50-rbd-pve.rules
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-storage/default.nix
package rules.storage.rbd_links

import data.lib.disks
import data.lib.facts
import data.lib.volumes

_mapped[id] := s.at if {
	some id, s in disks.storages
	s.section.type == "rbd"
	facts.truthy(s.properties.krbd.property.value)
}

_mapped[id] := disks.storages[id].at if {
	some v in volumes.list
	v.key == "tpmstate0"
	id := v.storage
	disks.storages[id].section.type == "rbd"
}

findings contains {"at": sort([at | some at in _mapped]), "vars": {"ids": concat(", ", sort(object.keys(_mapped)))}} if {
	count(_mapped) > 0
}
