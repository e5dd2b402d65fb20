# METADATA
# title: Modules that DKMS built and nixpkgs packages
# description: Those that are at work, by the table dkms_modules of the catalog.
package lib.dkms

import data.lib.facts

# METADATA
# title: Modules that are kept
# description: name in DKMS → {package, loads, at}
kept[name] := {"package": entry.package, "loads": loads, "at": sort(_at[name])} if {
	some name, entry in data.catalog.dkms_modules
	count(_at[name]) > 0
	loads := sort([m | some m in entry.loads; m in input.hardware.modules])
	count(loads) > 0
}

_at[m.name] contains sprintf("/hardware/dkms/%d", [i]) if some i, m in input.hardware.dkms

_at[name] contains p.at if {
	some name, _ in data.catalog.dkms_modules
	some _ in _built[name]
	p := facts.packages[sprintf("%s-dkms", [name])]
}

_built[m.name] contains i if some i, m in input.hardware.dkms

# METADATA
# title: Packages of Debian that are of use no more
packages := {sprintf("%s-dkms", [name]) | some name, _ in kept}
