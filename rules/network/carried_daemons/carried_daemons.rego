# METADATA
# scope: package
# title: Routing daemons and tunnels that run on with their files
# description: |
#  FRR and WireGuard run on NixOS with the files of before. What they reach may be the way
#  to this host, so that a host without the bridge network has them all the same; this
#  says which lines and units are kept by them.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.frr.configFile
#   - https://search.nixos.org/options?query=networking.wg-quick.interfaces
package rules.network.carried_daemons

import data.rules.network.frr
import data.rules.services.tunnels

settings contains s if some s in frr.settings

settings contains s if {
	some s in tunnels.settings
	array.slice(s.option, 0, 2) == ["networking", "wg-quick"]
}

_wireguard contains c.at if {
	some c in tunnels.carries
	startswith(c.path, "/etc/wireguard/")
}

bridges contains {"at": s.at, "bridge": "network", "params": {"service": _service(s.option)}} if some s in settings

bridges contains {"at": at, "bridge": "network", "params": {"service": "wg-quick"}} if {
	some at in _wireguard
	count(at) > 0
}

_service(option) := "frr" if {
	option[1] == "frr"
} else := "wg-quick"
