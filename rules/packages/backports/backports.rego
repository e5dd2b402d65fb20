# METADATA
# scope: package
# title: "Somebody needed newer packages than the release has: {names}"
# description: |
#  {names} are from Debian's backports. They were taken on purpose, for a device, a protocol
#  or a fix that the release lacks. A release of NixOS may well have an older version than
#  that, and then what the backport was for is missing again.
# custom:
#  id: PVE-PKG-008
#  kind: pitfall
#  category: package
#  severity: minor
#  component: Debian backports
#  equivalent: nixpkgs.overlays
#  account: none
#  workaround: |
#   Compare each with the release (`nix eval --raw nixpkgs#NAME.version`); where that is
#   older take the package from nixos-unstable with an overlay (nixpkgs.overlays).
#  test:
#   before: |
#    `dpkg -l | grep '~bpo'` prints {names}.
#   after: |
#    `NAME --version` on the trial system prints no older number for each that is needed.
#  phase: convert
#  sources:
#   - https://backports.debian.org/Instructions/
#   - https://nixos.org/manual/nixpkgs/stable/#chap-overlays
package rules.packages.backports

_newer[p.name] contains sprintf("/packages/%d", [i]) if {
	some i, p in input.packages
	contains(p.version, "~bpo")
	p.status == "installed"
	not p.auto
}

findings contains {"at": sort([at | some places in _newer; some at in places]), "vars": {"names": concat(", ", sort(object.keys(_newer)))}} if count(_newer) > 0
