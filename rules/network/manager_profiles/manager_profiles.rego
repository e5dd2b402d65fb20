# METADATA
# scope: package
# title: Profiles of NetworkManager
# description: |
#  Where NetworkManager sets interfaces up beside /etc/network/interfaces, it does so on
#  NixOS with the same files, keys included, which are carried. It looks after the
#  interfaces of its profiles alone. Where a profile names no interface, is of a kind that
#  needs a plugin or a modem, or is about an interface of ifupdown2, none is kept.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.networkmanager.unmanaged
#   - https://networkmanager.dev/docs/api/latest/NetworkManager.conf.html
#   - https://networkmanager.dev/docs/api/latest/nm-settings-keyfile.html
package rules.network.manager_profiles

import data.lib.facts
import data.lib.network

_unit := "NetworkManager.service"

_profiles[sprintf("/network/network_manager/connections/%d", [i])] := c if {
	_unit in facts.in_use
	facts.units[_unit]
	some i, c in input.network.network_manager.connections
	c.type != "loopback"
}

_wired := {
	"802-3-ethernet", "bond", "bridge", "dummy", "infiniband", "ip-tunnel", "macvlan", "tun", "vlan", "vxlan", "wireguard",
}

# Which interfaces a profile is for, in the words of NetworkManager.
_for(c) := sprintf("except:interface-name:%s", [c.interface]) if {
	c.type in (_wired | {"802-11-wireless"})
	facts.interface_name(c.interface)
	not network.networks[c.interface]
} else := "except:type:wifi" if {
	c.type == "802-11-wireless"
	object.get(c, "interface", "") == ""
	count([1 | some name, _ in network.networks; startswith(name, "wl")]) == 0
}

_ready if {
	count(_profiles) > 0
	every _, c in _profiles {
		_for(c)
	}
}

_at := sort(object.keys(_profiles) | {facts.units[_unit].at})

bridges contains {"at": [at], "bridge": "network", "params": {"service": "NetworkManager"}} if {
	_ready
	some at in _at
}

carries contains {"at": _at, "path": _folder, "to": _folder, "mode": "0600", "secret": true} if _ready

_folder := "/etc/NetworkManager/system-connections"

settings contains {"at": _at, "option": array.concat(["networking", "networkmanager"], option), "value": value} if {
	_ready
	some [option, value] in [
		[["enable"], true],
		[["unmanaged"], array.concat(["*"], sort({_for(c) | some c in _profiles}))],
	]
}

checks contains {"at": _at, "check": "unit-active", "params": {"unit": _unit}, "required": false} if _ready
