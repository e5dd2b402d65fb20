# METADATA
# scope: package
# title: Multipath is not set up
# description: |
#  multipathd joins the paths to the SAN disks {maps}. NixOS wants each disk
#  with its WWID in services.multipath.pathGroups, and nothing is written
#  there yet; without it LVM finds the same volume group on several paths and
#  refuses it, or writes over one path only.
# custom:
#  id: PVE-STO-017
#  kind: pitfall
#  category: service
#  severity: major
#  component: multipath
#  equivalent: services.multipath
#  account: review
#  workaround: |
#   `multipath -ll` on PVE lists WWIDs and aliases. Set
#   services.multipath.enable with one pathGroups entry (wwid, alias, array)
#   for each, and copy devices and blacklist from the copy of
#   multipath.conf.
#  test:
#   before: |
#    `multipath -ll` on PVE prints a map with its paths for each of {maps}.
#   after: |
#    `multipath -ll` prints the same maps and as many paths on the trial
#    system, and `pvs` shows /dev/mapper devices.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=services.multipath
#   - https://pve.proxmox.com/wiki/Multipath
package rules.storage.multipath

import data.lib.facts

# Debian starts the daemon with its package; without a map it joins nothing.
_used if {
	facts.units["multipathd.service"].unit.active_state == "active"
	_mapped
}

_mapped if count(input.storage.multipath) > 0

_mapped if not "storage.multipath" in facts.known

_used if {
	"multipathd.service" in facts.in_use
	count(input.storage.multipath) > 0
}

_maps := "that are there" if {
	count(input.storage.multipath) == 0
} else := concat(", ", sort({m.name | some m in input.storage.multipath}))

findings contains {"at": [facts.units["multipathd.service"].at], "vars": {"maps": _maps}} if _used

carries contains {"at": ["/units"], "path": path, "to": concat("", ["/var/lib/pve2nix", path]), "mode": "0644", "secret": false} if {
	_used
	some path in ["/etc/multipath.conf", "/etc/multipath/wwids", "/etc/multipath/bindings"]
}
