# METADATA
# scope: package
# title: A bridge learns and floods hardware addresses again
# description: |
#  {bridges} has bridge-disable-mac-learning. PVE reads that line of /etc/network/interfaces
#  when it plugs a guest in: no learning and no unicast flooding on the guest's port, and a
#  fixed entry for its address. Nothing on the new system reads it. The bridge network does
#  the same by a service for each card of a guest on such a bridge, as soon as the card is
#  there; a card without such a service is plugged in the ordinary way: frames for foreign
#  addresses reach all guests and go back out of the uplink. Providers that allow one
#  hardware address a port (Hetzner, OVH) block the server for that.
# custom:
#  id: PVE-NET-039
#  kind: gap
#  category: configuration
#  severity: major
#  component: bridges
#  equivalent: systemd.network.networks.<name>.bridgeConfig
#  account: review
#  workaround: |
#   Set bridgeConfig.UnicastFlood = false and Learning = false in
#   systemd.network.networks."10-PORT" for the uplink, add the guests' addresses with a hook
#   script (`bridge fdb add MAC dev TAP master static`, TAP being the card of the guest on the
#   host), or route the guests instead of bridging them. Where PVE stays, the same switch of
#   an SDN zone keeps working.
#  test:
#   before: |
#    `bridge -d link show dev tap100i0` on PVE prints learning off flood off.
#   after: |
#    `bridge -d link show dev TAP` in the trial boot prints the same, and `bridge fdb show dev
#    TAP` the guest's address as static.
#  phase: run
#  sources:
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/bridges.nix
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.mac_learning

import data.lib.domains
import data.lib.facts
import data.lib.guestfilters
import data.lib.incus
import data.lib.network

_lines[name] contains sprintf("%s/options/%d", [n.at, j]) if {
	some name, n in network.interfaces
	n.kind == "bridge"
	some j, p in n.options
	p.key == "bridge-disable-mac-learning"
	facts.truthy(p.value)
}

findings contains {"at": sort(union({at | some at in _lines})), "vars": {"bridges": concat(", ", sort(object.keys(_lines)))}} if {
	count(_lines) > 0
}

# Cards of guests of this node on these bridges: pointer → {guest, key, port, before, mac, bridge}

_of_guests[c.at] := {"guest": name, "key": key, "bridge": bridge, "property": c.property} if {
	some vmid, g in facts.guests
	name := sprintf("%d", [vmid])
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	bridge := facts.field(c.property, "bridge")
	_lines[bridge]
}

_fixed[at] := {"guest": c.guest, "key": c.key, "bridge": c.bridge, "port": guestfilters.device(c.guest, c.key), "before": _before(c), "mac": mac} if {
	some at, c in _of_guests
	guestfilters.takes_name(c.guest, c.key)
	macs := {lower(text) | some word in ["macaddr", "hwaddr"]; text := facts.field(c.property, word)}
	count(macs) == 1
	some mac in macs
	network.unicast_mac(mac)
}

# Where PVE stays, a card with a firewall may be behind a bridge of its own: that depends on its daemon.
_before(c) := sprintf("fwpr%sp%s", [c.guest, substring(c.key, 3, -1)]) if {
	data.target == "proxmox"
	facts.truthy(facts.field(c.property, "firewall"))
} else := ""

_whole if {
	count(_fixed) > 0
	count(_fixed) == count(_of_guests)
}

_at(c) := sort(_lines[c.bridge])

_script(c) := concat("\n", [
	"waited=0",
	sprintf("until [ -e /sys/class/net/%s/brport ]; do", [c.port]),
	`  [ "$waited" -lt 100 ] || exit 1`,
	"  waited=$((waited + 1))",
	"  sleep 0.1",
	"done",
	concat("", ["port=", c.port]),
	concat("", [sprintf("if [ -e /sys/class/net/%s/brport ]; then port=%s; fi\n", [c.before, c.before]) | c.before != ""]),
	`bridge link set dev "$port" learning off flood off`,
	sprintf(`bridge fdb replace %s dev "$port" master static`, [c.mac]),
	"",
])

bridges contains {"at": sort(union({at | some at in _lines})), "bridge": "network", "params": {"cards": count(_fixed), "closes": ["PVE-NET-039"]}} if _whole

settings contains {"at": _at(c), "option": array.concat(["systemd", "services", sprintf("fixed-address-%s", [c.port])], option), "value": value} if {
	_whole
	some c in _fixed
	device := sprintf("sys-subsystem-net-devices-%s.device", [c.port])
	some [option, value] in [
		[["description"], sprintf("Hardware address of %s of guest %s", [c.key, c.guest])],
		[["wantedBy"], [device]],
		[["bindsTo"], [device]],
		[["after"], [device]],
		[["path"], [{"_ref": ["pkgs", "iproute2"]}]],
		[["script"], _script(c)],
		[["serviceConfig", "Type"], "oneshot"],
		[["serviceConfig", "RemainAfterExit"], true],
	]
}

# The name of the card on the host is that of PVE.
parts contains {
	"at": [at],
	"document": domains.document(to_number(c.guest)),
	"path": ["devices", "interfaces", c.key],
	"value": {"target": {"dev": c.port}},
} if {
	_whole
	data.target == "libvirt"
	some at, c in _fixed
	domains.list[to_number(c.guest)]
}

parts contains incus.device(to_number(c.guest), [at], c.key, {"host_name": c.port}) if {
	_whole
	data.target == "incus"
	some at, c in _fixed
}
