# METADATA
# scope: package
# title: Packages are held at a version
# description: |
#  {names} must not be updated on this host. There is a reason: a newer version has a bug here,
#  or another program needs this one. NixOS takes the version of its release and knows nothing
#  of the hold.
# custom:
#  id: PVE-PKG-003
#  kind: pitfall
#  category: package
#  severity: minor
#  component: apt-mark hold
#  equivalent: nixpkgs.overlays
#  account: none
#  workaround: |
#   Find the reason of each hold. Compare the versions (`nix eval nixpkgs#NAME.version`), and
#   where the old one is needed take the package from an older nixpkgs with an overlay. For a
#   kernel set boot.kernelPackages, for QEMU there is no choice.
#  test:
#   before: |
#    `apt-mark showhold` prints {names}.
#   after: |
#    `apt-mark showhold` on PVE prints nothing whose reason is unknown, and `nix eval --raw
#    nixpkgs#NAME.version` for the others a version that works on the trial system.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/apt-mark
#   - https://nixos.org/manual/nixpkgs/stable/#chap-overlays
package rules.packages.held

_held[sprintf("/packages/%d", [i])] := sprintf("%s %s", [p.name, p.version]) if {
	some i, p in input.packages
	p.held
	p.status == "installed"
}

findings contains {"at": sort(object.keys(_held)), "vars": {"names": concat(", ", sort([name | some name in _held]))}} if count(_held) > 0
