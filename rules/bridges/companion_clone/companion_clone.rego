# METADATA
# scope: package
# title: The plan clones PVE's root for the companion
# description: |
#  Says which data set, thin volume or subvolume becomes the root of the companion: a copy
#  that shares all blocks with PVE's root until one of them is written. It is made when the
#  new system is complete, and goes with a rollback.
# custom:
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-clone.8.html
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://btrfs.readthedocs.io/en/latest/Subvolumes.html
package rules.bridges.companion_clone

import data.lib.companion
import data.lib.disks

plans contains {"at": disks.root.at, "path": ["clone", name], "value": value} if {
	companion.exists
	some name, value in companion.clone
}
