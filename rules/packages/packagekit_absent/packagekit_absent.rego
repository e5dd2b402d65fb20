# METADATA
# scope: package
# title: PackageKit does not run on this host
# description: |
#  Packages of a host are to be read and changed through PackageKit only, and PVE does not
#  install it. The list of packages was read from dpkg's status file instead: it is complete,
#  but does not say which repository a package comes from, so software from outside Debian and
#  Proxmox cannot be told from theirs. No package operation is possible on this host with this
#  tool. Nothing is lost on the new system by it: there packages come from the Nix
#  configuration, and PackageKit of NixOS installs nothing.
# custom:
#  id: PVE-PKG-001
#  kind: gap
#  category: package
#  severity: critical
#  component: PackageKit
#  equivalent: services.packagekit
#  account: review
#  workaround: |
#   Accept the finding when the list in this report is right: `pve2nix` changes no package. For
#   the origins as well, install the service on PVE (`apt install packagekit`), capture again,
#   and remove it afterwards; it brings no change of PVE's own packages.
#  test:
#   before: |
#    `busctl --system status org.freedesktop.PackageKit` says that the name has no owner and
#    cannot be activated.
#   after: |
#    `jq -r '.capture.areas[] | select(.name == "packages").source' snapshot.json` prints
#    packagekit.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/PackageKit/
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/services/misc/packagekit.nix
package rules.packages.packagekit_absent

findings contains {"at": _at, "vars": {}} if {
	input.capture.mode == "live"
	some a in input.capture.areas
	a.name == "packages"
	a.source == "dpkg-status"
}

_at := [sprintf("/problems/%d", [i]) |
	some i, p in input.problems
	p.area == "packages"
	p.source == "PackageKit"
]
