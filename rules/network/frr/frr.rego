# METADATA
# scope: package
# title: Routing daemons of FRR
# description: |
#  Where FRR runs, the same daemons run on NixOS with frr.conf as it is: the file may
#  hold passwords of neighbours, so it is carried, not written into the store. What PVE's
#  SDN wrote into it stays as it was at the conversion.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.frr
#   - https://docs.frrouting.org/en/latest/setup.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.network.frr

import data.lib.configfiles
import data.lib.facts

# METADATA
# title: Where the carried configuration lies, where there is one
kept := _kept if _file

# METADATA
# title: Daemons that run with it
daemons contains line.key if {
	_file
	some line in configfiles.below("/etc/frr/daemons")
	_enabled(line)
}

_kept := "/var/lib/pve2nix/etc/frr/frr.conf"

_file := configfiles.files["/etc/frr/frr.conf"] if "frr.service" in facts.in_use

_optional := {
	"babeld", "bfdd", "bgpd", "eigrpd", "fabricd", "isisd", "ldpd", "nhrpd", "ospf6d", "ospfd", "pathd", "pbrd", "pim6d", "pimd",
	"ripd", "ripngd", "sharpd", "vrrpd",
}

settings contains {"at": [line.at], "option": ["services", "frr", line.key, "enable"], "value": true} if {
	_file
	some line in configfiles.below("/etc/frr/daemons")
	line.key in _optional
	line.value == "yes"
}

# Daemons that are off, and those that run wherever one does.
_plain contains line.at if {
	some line in configfiles.below("/etc/frr/daemons")
	line.key in (_optional | {"zebra", "staticd", "mgmtd", "watchfrr_enable", "vtysh_enable"})
	not _enabled(line)
}

_enabled(line) if {
	line.key in _optional
	line.value == "yes"
}

settings contains {
	"at": sort((({sprintf("%s/properties/%d", [_file.at, j]) | some j, _ in _file.lines} | _plain) | {facts.units["frr.service"].at})),
	"option": ["services", "frr", "configFile"],
	"value": _kept,
} if {
	_file
}

carries contains {"at": [_file.at], "path": "/etc/frr/frr.conf", "to": _kept, "mode": "0640", "secret": true} if _file
