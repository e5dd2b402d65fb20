# METADATA
# scope: package
# title: "Versions are pinned: {pins}"
# description: |
#  A file of apt's preferences fixes {pins}. Somebody met a newer version that did not work
#  here. NixOS takes the version of its release, which is a newer one as a rule, and knows
#  nothing of the pin: what it was for comes back.
# custom:
#  id: PVE-PKG-016
#  kind: pitfall
#  category: package
#  severity: minor
#  component: apt pins
#  equivalent: nixpkgs.overlays
#  account: none
#  workaround: |
#   Find the reason of each pin (the comment in the file, the history of the ticket system,
#   the release notes of the next version) and try exactly that on the trial system. Where
#   the old version is needed take it from an older nixpkgs with an overlay; for QEMU of PVE
#   there is no choice.
#  test:
#   before: |
#    `apt policy` prints {pins} under "Pinned packages".
#   after: |
#    `nix eval --raw nixpkgs#NAME.version` prints a version that is known to work for what
#    the pin was about.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/bookworm/apt/apt_preferences.5.en.html
#   - https://nixos.org/manual/nixpkgs/stable/#chap-overlays
package rules.packages.pinned

# A record is a Package line and what follows it; one that speaks of all packages of a source pins no version.
_pins[text] contains sprintf("/config_files/%d", [i]) if {
	some i, f in input.config_files
	regex.match(`^/etc/apt/preferences(\.d/|$)`, f.path)
	some j, p in f.properties
	p.key == "Package"
	p.value != "*"
	pin := f.properties[j + 1]
	pin.key == "Pin"
	startswith(pin.value, "version ")
	text := sprintf("%s %s", [p.value, substring(pin.value, count("version "), -1)])
}

findings contains {"at": sort({at | some list in _pins; some at in list}), "vars": {"pins": concat(", ", sort(object.keys(_pins)))}} if count(_pins) > 0
