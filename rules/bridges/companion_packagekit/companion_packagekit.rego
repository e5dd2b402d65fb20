# METADATA
# scope: package
# title: PackageKit is not in the companion
# description: |
#  Packages in the companion are installed and updated by PackageKit in it. The companion is
#  a clone of this host, which does not have PackageKit, as Proxmox VE does not bring it: the
#  programs in the companion run, and get no updates, no security fixes among them, until it
#  is there.
# custom:
#  id: PVE-CMP-002
#  kind: pitfall
#  category: package
#  severity: minor
#  component: companion
#  account: none
#  workaround: |
#   Install it on Proxmox VE before the conversion (`apt install packagekit`); it changes no
#   package of Proxmox VE. Or once in the companion: `pve2nix bridge companion run apt-get
#   install -y packagekit`.
#  test:
#   before: |
#    `dpkg-query -W packagekit` on PVE finds no package.
#   after: |
#    `pve2nix bridge companion list` prints packages.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/PackageKit/
#   - https://packages.debian.org/bookworm/packagekit
package rules.bridges.companion_packagekit

import data.lib.companion
import data.lib.facts

findings contains {"at": companion.at, "vars": {}} if {
	companion.exists
	facts.known.packages
	not facts.packages.packagekit
}
