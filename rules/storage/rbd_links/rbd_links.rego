# METADATA
# scope: package
# title: Names of mapped RBD images
# description: |
#  These storages map images with the kernel: with krbd all of them, without
#  it the state of a virtual TPM, which swtpm opens as a device. PVE looks for
#  /dev/rbd-pve/…, a link that a rule of udev makes. proxmox-nixos has the rule in a
#  package and does not install it by itself.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/udev-rbd/50-rbd-pve.rules
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-storage/default.nix
#   - https://search.nixos.org/options?query=services.udev.packages
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

settings contains {"at": sort([at | some at in _mapped]), "option": ["services", "udev", "packages"], "value": [{"_ref": ["config", "services", "proxmox-ve", "package"]}]} if {
	count(_mapped) > 0
}
