# METADATA
# scope: package
# title: A bridge of Open vSwitch waits for its controller
# description: |
#  {bridge} gets its flows from {controllers} (fail mode {mode}). The bridge of NixOS
#  is made without them: they are several, need keys or are a program on this host. It
#  forwards like a plain switch: what the flows kept apart is joined, and what they
#  tunnelled is not.
# custom:
#  id: PVE-NET-055
#  kind: gap
#  category: configuration
#  severity: major
#  component: Open vSwitch
#  equivalent: networking.vswitches.<name>.controllers
#  account: none
#  workaround: |
#   Set networking.vswitches."BRIDGE".controllers to the same list, and set-fail-mode
#   BRIDGE secure in extraOvsctlCmds where that was the mode. Keep the datapath id
#   (set bridge BRIDGE other-config:datapath-id=…) or the controller sees a new
#   switch.
#  test:
#   before: |
#    `ovs-vsctl get-controller BRIDGE` and `ovs-vsctl get-fail-mode BRIDGE` on PVE
#    print both.
#   after: |
#    `ovs-vsctl show` in the trial boot prints is_connected: true below the bridge,
#    and `ovs-ofctl dump-flows BRIDGE` the flows.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=networking.vswitches
#   - https://man7.org/linux/man-pages/man8/ovs-vsctl.8.html
package rules.network.open_vswitch_controlled

import data.lib.network
import data.rules.network.open_vswitch

findings contains {
	"at": sort([sprintf("/network/ovs/bridges/%d", [i]), network.interfaces[b.name].at]),
	"vars": {"bridge": b.name, "controllers": _list(b.controllers), "mode": object.get(b, "fail_mode", "standalone")},
} if {
	some i, b in input.network.ovs.bridges
	network.interfaces[b.name]
	_controlled(b)
	not open_vswitch.controlled[b.name]
}

_controlled(b) if count(b.controllers) > 0

_controlled(b) if b.fail_mode == "secure"

_list(controllers) := concat(", ", controllers) if {
	count(controllers) > 0
} else := "a program on this host"
