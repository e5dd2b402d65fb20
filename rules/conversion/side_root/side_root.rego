# METADATA
# scope: package
# title: The plan knows where the side root goes
# description: |
#  Says which data set, logical volume or subvolume is made beside PVE's own root, and how
#  large a volume is: that of PVE's root within the bounds of the catalog, from what is
#  free.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-installation.html#advanced_lvm_options
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
package rules.conversion.side_root

import data.lib.sideroot

plans contains {"at": sideroot.at, "path": ["layout", name], "value": value} if {
	some name, value in sideroot.layout
}
