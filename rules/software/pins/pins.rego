# METADATA
# scope: package
# title: Packages are pinned by apt
# description: |
#  {pins}. A pin keeps a newer version away, or one repository in front of another, because
#  somebody needed it. nixpkgs of {release} brings one version of each program, which may be
#  the one that the pin keeps away.
# custom:
#  id: PVE-SW-010
#  kind: pitfall
#  category: package
#  severity: minor
#  component: apt preferences
#  account: none
#  workaround: |
#   Compare with `nix eval --raw nixpkgs#NAME.version`. Where the version matters, take the
#   package from a second input of the flake that has it, or override version and src in an
#   overlay; else drop the pin.
#  test:
#   before: |
#    `apt-cache policy` on PVE lists the pins below `Pinned packages`.
#   after: |
#    `NAME --version` on the trial system prints a version that the pin would have allowed.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/stable/apt/apt_preferences.5.en.html
#   - https://nixos.org/manual/nixpkgs/stable/#chap-overlays
package rules.software.pins

import data.lib.lines
import data.lib.release

# A stanza is Package, Pin and Pin-Priority; lines keep their order.
_pins[[file, i]] := sprintf("%s: %s, %s", [file, p.value, pin.value]) if {
	some file, f in lines.files
	startswith(file, "/etc/apt/preferences")
	some i, p in f.properties
	p.key == "Package"
	pin := f.properties[i + 1]
	pin.key == "Pin"
}

findings contains {"at": sort([lines.at(key[0], key[1]) | some key, _ in _pins]), "vars": {
	"pins": concat("; ", sort([p | some p in _pins])),
	"release": release.current,
}} if {
	count(_pins) > 0
}
