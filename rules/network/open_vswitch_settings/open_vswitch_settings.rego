# METADATA
# scope: package
# title: Settings of Open vSwitch as a whole are not made
# description: |
#  The switch of this host has {settings}. They belong to no bridge, stand in no line
#  that is translated, and the database of the new host starts empty. The bridge network
#  sets those of other_config before the switch starts. Without
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

_commands := [command |
	some i, o in input.network.ovs.options
	_settings[o.key]
	regex.match(`^other_config\.[A-Za-z0-9_-]+$`, o.key)
	regex.match(`^[A-Za-z0-9_.,:-]+$`, o.value)
	command := sprintf(`ovs-vsctl --no-wait set Open_vSwitch . 'other_config:%s="%s"'`, [trim_prefix(o.key, "other_config."), o.value])
]

# What needs a program or memory beside the switch is not kept by words.
_ready if {
	count(_settings) > 0
	count(_commands) == count(_at)
	every key, _ in _settings {
		not startswith(key, "other_config.dpdk")
	}
	some n in network.interfaces
	n.kind == "ovs-bridge"
}

bridges contains {"at": _at, "bridge": "network", "params": {"service": "ovs-settings", "closes": ["PVE-NET-056"]}} if _ready

settings contains {"at": _at, "option": array.concat(["systemd", "services", "ovs-settings"], option), "value": value} if {
	_ready
	some [option, value] in [
		[["description"], "Settings of Open vSwitch as a whole"],
		[["wantedBy"], ["ovs-vswitchd.service"]],
		[["requires"], ["ovsdb.service"]],
		[["after"], ["ovsdb.service"]],
		[["before"], ["ovs-vswitchd.service"]],
		[["path"], [{"_ref": ["config", "virtualisation", "vswitch", "package"]}]],
		[["script"], concat("", [sprintf("%s\n", [c]) | some c in sort(_commands)])],
		[["serviceConfig", "Type"], "oneshot"],
		[["serviceConfig", "RemainAfterExit"], true],
	]
}
