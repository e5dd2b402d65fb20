# METADATA
# scope: package
# title: Settings of Open vSwitch as a whole are not made
# description: |
#  The switch of this host has {settings}. They belong to no bridge, stand in no line
#  that is translated, and the database of the new host starts empty. The bridge network
#  sets those that are plain words together with the first bridge. Without
#  vlan-limit frames with two tags are dropped where guests use QinQ; without
#  hw-offload flows run on the processor; without ovn entries the host leaves its OVN
#  network.
# custom:
#  id: PVE-NET-056
#  kind: gap
#  category: configuration
#  severity: minor
#  component: Open vSwitch
#  equivalent: networking.vswitches.<name>.extraOvsctlCmds
#  account: none
#  workaround: |
#   Add set Open_vSwitch . COLUMN:KEY=VALUE for each to
#   networking.vswitches."BRIDGE".extraOvsctlCmds of one bridge.
#  test:
#   before: |
#    `ovs-vsctl list Open_vSwitch` on PVE prints them in other_config and
#    external_ids.
#   after: |
#    `ovs-vsctl get Open_vSwitch . other_config` prints the same in the trial boot.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man5/ovs-vswitchd.conf.db.5.html
#   - https://search.nixos.org/options?query=networking.vswitches
package rules.network.open_vswitch_settings

import data.lib.network

_settings[o.key] contains sprintf("/network/ovs/options/%d", [i]) if {
	count(input.network.ovs.bridges) > 0
	some i, o in input.network.ovs.options
	_decides(o.key)
}

_decides(key) if {
	startswith(key, "other_config.")
	not key in {"other_config.stats-update-interval", "other_config.dpdk-init"}
}

_decides(key) if startswith(key, "external_ids.ovn-")

findings contains {"at": sort([at | some places in _settings; some at in places]), "vars": {"settings": concat(", ", sort(object.keys(_settings)))}} if {
	count(_settings) > 0
}

_at := sort([at | some places in _settings; some at in places])

# The first bridge that is made brings them: they belong to all.
_first := min({name | some name, n in network.interfaces; n.kind == "ovs-bridge"})

_commands := [command |
	some i, o in input.network.ovs.options
	_settings[o.key]
	regex.match(`^(other_config|external_ids)\.[A-Za-z0-9_-]+$`, o.key)
	regex.match(`^[A-Za-z0-9_.,:-]+$`, o.value)
	[column, key] := split(o.key, ".")
	command := sprintf("set Open_vSwitch . %s:%s=\\\"%s\\\"", [column, key, o.value])
]

# What needs a program beside the switch is not kept by words.
_ready if {
	_first
	count(_settings) > 0
	count(_commands) == count(_at)
	every key, _ in _settings {
		not startswith(key, "external_ids.ovn-")
		not startswith(key, "other_config.dpdk")
	}
}

bridges contains {"at": _at, "bridge": "network", "params": {"bridge": _first, "closes": ["PVE-NET-056"]}} if _ready

settings contains {"at": _at, "option": ["networking", "vswitches", _first, "extraOvsctlCmds"], "value": concat("\n", sort(_commands))} if _ready
