# METADATA
# scope: package
# title: Snaps do not run on NixOS
# description: |
#  snapd runs here (snaps that are mounted: {names}). NixOS has no snapd, and a snap needs
#  the layout of a Debian or Ubuntu root and AppArmor profiles that snapd makes.
#  Certificates renewed by the snap of certbot, or containers of the snap of LXD, stop with
#  it.
# custom:
#  id: PVE-SW-007
#  kind: gap
#  category: package
#  severity: major
#  component: snapd
#  account: none
#  workaround: |
#   Replace each: certbot by security.acme, LXD by virtualisation.incus (after
#   `lxd-to-incus` on Debian), programs by their package of nixpkgs. Remove snapd from PVE
#   when nothing needs it.
#  test:
#   before: |
#    `snap list` on PVE lists the snaps.
#   after: |
#    `command -v` of each program on the trial system prints a path below
#    /run/current-system/sw.
#  phase: prepare
#  sources:
#   - https://snapcraft.io/docs/installing-snapd
#   - https://linuxcontainers.org/incus/docs/main/howto/server_migrate_lxd/
#   - https://search.nixos.org/options?query=security.acme
package rules.software.snaps

import data.lib.facts

_mounts := [u.name |
	some u in input.units
	startswith(u.name, "snap-")
	endswith(u.name, ".mount")
	u.name in facts.in_use
]

_names := concat(", ", sort({regex.replace(m, `^snap-|-[^-]*\.mount$`, "") | some m in _mounts})) if {
	count(_mounts) > 0
} else := "none"

findings contains {"at": [facts.units[unit].at], "vars": {"names": _names}} if {
	unit := [name |
		some name in ["snapd.service", "snapd.socket"]
		name in facts.in_use
	][0]
}
