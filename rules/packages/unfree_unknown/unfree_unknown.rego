# METADATA
# scope: package
# title: "The answers accept the licence of {name}, which installs nothing"
# description: |
#  The answers accept the licence of {name}. The catalog knows no package of nixpkgs for it
#  that is not free, so nothing is installed and nothing is allowed: the answer has no effect.
# custom:
#  id: PVE-PKG-018
#  kind: pitfall
#  category: package
#  severity: minor
#  component: unfree packages
#  account: none
#  workaround: |
#   Look for it with `nix search nixpkgs {name}`. A free package is named by `packages:
#   {"{name}": {install: "attribute"}}`. One that is not free goes into a module of yours, with
#   its name in `nixpkgs.config.allowUnfreePredicate`; or `{companion: "why"}` has it in the
#   companion.
#  test:
#   before: |
#    `command -v {name}` on PVE prints a path.
#   after: |
#    `command -v {name}` on the trial system prints a path.
#  phase: prepare
#  sources:
#   - https://nixos.org/manual/nixpkgs/stable/#sec-allow-unfree
package rules.packages.unfree_unknown

import data.lib.facts

findings contains {"at": [p.at], "vars": {"name": name}} if {
	some name, decision in data.answers.packages
	decision.unfree
	p := facts.packages[name]
	not data.catalog.unfree_packages[name]
}
