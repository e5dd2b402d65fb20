# METADATA
# scope: package
# title: Multipath is not set up
# description: |
#  multipathd runs here and joins the paths to SAN disks. NixOS wants each
#  disk with its WWID in services.multipath.pathGroups, which are not in the
#  snapshot; without it LVM finds the same volume group on several paths and
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
#    `multipath -ll` on PVE.
#   after: |
#    It prints the same maps and as many paths on the trial system, and `pvs`
#    shows /dev/mapper devices.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Multipath
#   - https://search.nixos.org/options?query=services.multipath
package rules.storage.multipath

import data.lib.facts

findings contains {"at": [facts.units["multipathd.service"].at], "vars": {}} if {
	facts.units["multipathd.service"].unit.active_state == "active"
}

carries contains {"at": ["/units"], "path": path, "to": concat("", ["/var/lib/pve2nix", path]), "mode": "0644", "secret": false} if {
	facts.units["multipathd.service"].unit.active_state == "active"
	some path in ["/etc/multipath.conf", "/etc/multipath/wwids", "/etc/multipath/bindings"]
}
