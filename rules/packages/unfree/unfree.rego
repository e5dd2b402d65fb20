# METADATA
# scope: package
# title: Programs that are not free, where their owner accepts the licence
# description: |
#  nixpkgs has them and evaluates none that is not free, unless its name is allowed. The
#  answers accept a licence by the name of the Debian package; its package of nixpkgs is
#  installed, and that name alone is allowed. Without the answer the companion has it.
# custom:
#  sources:
#   - https://nixos.org/manual/nixpkgs/stable/#sec-allow-unfree
#   - https://search.nixos.org/options?query=nixpkgs.config
package rules.packages.unfree

import data.lib.facts

_accepted[name] := {"at": p.at, "entry": data.catalog.unfree_packages[name]} if {
	some name, decision in data.answers.packages
	decision.unfree
	p := facts.packages[name]
}

settings contains {"at": [p.at], "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", p.entry.attr]}]} if {
	some p in _accepted
}

settings contains {"at": [p.at], "option": ["nixpkgs", "config", "allowUnfreePredicate"], "value": {"_named": [p.entry.name]}} if {
	some p in _accepted
}
