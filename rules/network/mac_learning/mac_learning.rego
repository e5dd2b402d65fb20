# METADATA
# scope: package
# title: A bridge learns and floods hardware addresses again
# description: |
#  {bridges} has bridge-disable-mac-learning. PVE reads that line of /etc/network/interfaces
#  when it plugs a guest in: no learning and no unicast flooding on the guest's port, and a
#  fixed entry for its address. Nothing on the new system reads it, so that guests are
#  plugged in the ordinary way: frames for foreign addresses reach all guests and go back out
#  of the uplink. Providers that allow one hardware address a port (Hetzner, OVH) block the
#  server for that.
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

import data.lib.facts
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
