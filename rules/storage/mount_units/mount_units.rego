# METADATA
# scope: package
# title: File systems that PVE's interface mounts by units
# description: |
#  Disks that were made in the interface are mounted by unit files in
#  /etc/systemd/system, not by fstab. Their mounts are taken over by the
#  stable name of the device.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://search.nixos.org/options?query=fileSystems
package rules.storage.mount_units

import data.lib.mounts

settings contains {"at": [u.at], "option": ["fileSystems", u.target, name], "value": value} if {
	some u in mounts.units
	some name, value in {"device": u.device, "fsType": u.type, "options": ["nofail"]}
}
