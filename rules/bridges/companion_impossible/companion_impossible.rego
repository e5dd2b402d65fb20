# METADATA
# scope: package
# title: "There can be no companion on this host: {why}"
# description: |
#  {units} would go on in a clone of Proxmox VE's root that shares its blocks with it, or in a
#  layer above it. ZFS, btrfs and a thin volume make a clone in a moment, and an ext4 or xfs on
#  a volume of LVM of its own can lie below a layer; {why}. What is named here is missing after
#  the conversion.
# custom:
#  id: PVE-CMP-001
#  kind: gap
#  category: service
#  severity: major
#  component: companion
#  account: none
#  inhibits: warn
#  workaround: |
#   Set these services up by hand on NixOS, with a unit of your own (systemd.services) and
#   the program from its vendor, or run them on another machine. `bridges: {companion:
#   "no"}` in the answers says that you do without.
#  test:
#   before: |
#    `findmnt -no FSTYPE,SOURCE /` on PVE prints ext4 or xfs on a partition, or another type.
#   after: |
#    `systemctl is-active` with the units that you wrote prints active.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://man7.org/linux/man-pages/man8/lvcreate.8.html
package rules.bridges.companion_impossible

import data.lib.companion
import data.lib.disks

_why := "its root is a file system without snapshots" if {
	disks.root.kind == "plain"
} else := "what its root lies on is not known well enough"

_missing[name] := u.at if {
	some name, u in companion.units
	not u.entry.otherwise
}

# Of what nobody has named, the entry of the package says that it is missing.
_missing[name] := p.at if {
	some name, p in companion.packages
	name in companion.named
}

_said := {"at": sort({at | some at in _missing}), "vars": {"why": _why, "units": concat(", ", sort(object.keys(_missing)))}} if {
	count(_missing) > 0
} else := {"at": ["/host"], "vars": {"why": _why, "units": "What you chose"}} if companion.demanded

findings contains _said if {
	companion.wanted
	not companion.exists
}

inhibits contains _said if {
	companion.wanted
	not companion.exists
}
