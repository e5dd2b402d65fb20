# METADATA
# scope: package
# title: File systems that units mount
# description: |
#  Disks that were made in PVE's interface are mounted by unit files in
#  /etc/systemd/system, not by fstab, and so are shares for which somebody wrote a unit.
#  They are taken over by the stable name of the device or the address of the share, with
#  their options; where an automount unit mounts them on access, it does so here.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.automount.html
#   - https://search.nixos.org/options?query=fileSystems
package rules.storage.mount_units

import data.lib.mounts

settings contains {"at": u.at, "option": ["fileSystems", u.target, name], "value": value} if {
	some u in mounts.units
	some name, value in {"device": u.device, "fsType": u.type, "options": u.options}
}
