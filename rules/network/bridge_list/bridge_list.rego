# METADATA
# scope: package
# title: Bridges are offered in the web interface
# description: |
#  Names the bridges of the host for PVE's API, which reads them from
#  /etc/network/interfaces; the option writes that file and sets up nothing.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/bridges.nix
package rules.network.bridge_list

import data.lib.network

settings contains {
	"at": sort([b.at | some b in _bridges]),
	"option": ["services", "proxmox-ve", "bridges"],
	"value": sort([b.name | some b in _bridges]),
} if {
	count(_bridges) > 0
}

_bridges := {{"name": name, "at": n.at} |
	some name, n in network.interfaces
	n.kind in {"bridge", "ovs-bridge"}
}
