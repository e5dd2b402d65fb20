# METADATA
# scope: package
# title: Files of systemd-networkd stay as they are
# description: |
#  Where systemd-networkd ran beside ifupdown2, its files are carried to a folder that it
#  reads on NixOS too, and it is switched on. All of them are carried, or none: not where a
#  file holds a key, has drop-ins, or speaks of an interface that ifupdown2 set up as well.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
#   - https://search.nixos.org/options?query=networking.useNetworkd
package rules.network.networkd_files

import data.lib.configfiles
import data.lib.facts
import data.lib.network

_unit := facts.units["systemd-networkd.service"].at if "systemd-networkd.service" in facts.in_use

_folder := `^/(etc|usr/local/lib)/systemd/network/`

_below contains path if {
	_unit
	some path, _ in configfiles.files
	regex.match(_folder, path)
	not endswith(path, ".link")
}

_files[name] contains path if {
	some path in _below
	name := regex.replace(path, _folder, "")
	regex.match(`^[A-Za-z0-9_.@-]+\.(network|netdev)$`, name)
}

_ready if {
	count(_below) > 0
	count(_files) == count(_below)
	every path in _below {
		_plain(configfiles.files[path].lines)
	}
	count(_named & object.keys(network.networks)) == 0
}

_plain(lines) if every l in lines {
	not l.secret
	not regex.match(`^(NetDev|Match|.*)\.(PrivateKey|PresharedKey|Password|Key)(File)?$`, l.key)
}

# Interfaces that the files name; a pattern may mean any.
_named contains word if {
	some path in _below
	some l in configfiles.files[path].lines
	l.key in {"Match.Name", "NetDev.Name"}
	some word in split(l.value, " ")
}

_named contains name if {
	some path in _below
	some l in configfiles.lines(path, "Match.Name")
	regex.match(`[*?!\[]`, l.value)
	some name, _ in network.networks
}

_at := sort({_unit} | {p |
	some path in _below
	f := configfiles.files[path]
	some p in ({f.at} | {sprintf("%s/properties/%d", [f.at, j]) | some j, _ in f.lines})
})

bridges contains {"at": _at, "bridge": "network", "params": {"files": count(_below)}} if _ready

carries contains {"at": _at, "path": path, "to": concat("/", ["/usr/local/lib/systemd/network", name]), "mode": "0644", "secret": true} if {
	_ready
	some name, paths in _files
	some path in paths
}

settings contains {"at": _at, "option": option, "value": value} if {
	_ready
	some [option, value] in [
		[["networking", "useNetworkd"], true],
		[["networking", "useDHCP"], false],
		[["systemd", "network", "enable"], true],
	]
}
