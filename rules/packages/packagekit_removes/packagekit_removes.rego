# METADATA
# scope: package
# title: "PackageKit {version} removes more than it is told to"
# description: |
#  Before 1.3.6 the part of PackageKit for apt ignores the request to remove nothing else:
#  whatever depends on the package goes with it. Cleaning up before a conversion with `pkcon
#  remove` or a program that uses PackageKit can so take pve-manager or qemu-server along
#  because of one library. The hook of proxmox-ve stops apt only when proxmox-ve itself is to
#  go.
# custom:
#  id: PVE-PKG-017
#  kind: pitfall
#  category: package
#  severity: minor
#  component: PackageKit
#  account: none
#  workaround: |
#   Remove packages with `apt remove NAME` and read the list that it shows before it asks, or
#   simulate first: `apt remove --simulate NAME`. Remove PackageKit itself when the capture
#   is done.
#  test:
#   before: |
#    `pkcon backend-details` and `dpkg-query -W packagekit` show the apt backend and
#    {version}.
#   after: |
#    `dpkg-query -W packagekit` shows 1.3.6 or newer, or `pkcon` is not found.
#  phase: prepare
#  sources:
#   - https://github.com/PackageKit/PackageKit/pull/966
#   - https://git.proxmox.com/?p=proxmox-ve.git
package rules.packages.packagekit_removes

import data.lib.facts

# The first version whose backend for apt listens: 1.3.6.
_fixed := [1, 3, 6]

findings contains {"at": [p.at], "vars": {"version": p.package.version}} if {
	facts.packages["proxmox-ve"]
	p := facts.packages.packagekit
	numbers := regex.find_all_string_submatch_n(`^(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})`, p.package.version, 1)[0]
	[to_number(n) | some n in array.slice(numbers, 1, 4)] < _fixed
}
