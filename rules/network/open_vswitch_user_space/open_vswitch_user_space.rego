# METADATA
# scope: package
# title: Open vSwitch works in user space
# description: |
#  {bridges} uses the datapath of user space, {reason}. The bridges of NixOS are made
#  in the kernel, and its package is built without DPDK: ports that DPDK drives are
#  no network cards for the kernel, so that the bridge comes up empty; huge pages and
#  processors that were set aside for it stay unused.
# custom:
#  id: PVE-NET-053
#  kind: gap
#  category: configuration
#  severity: major
#  component: Open vSwitch
#  equivalent: virtualisation.vswitch.package
#  account: none
#  workaround: |
#   Set virtualisation.vswitch.package = pkgs.openvswitch-dpdk, and in
#   networking.vswitches."BRIDGE".extraOvsctlCmds the lines set bridge BRIDGE
#   datapath_type=netdev and, before it, set Open_vSwitch .
#   other_config:dpdk-init=true with its masks. Keep hugepages and isolcpus in
#   boot.kernelParams and bind the ports to vfio-pci. Or move the bridge to the kernel
#   on PVE first.
#  test:
#   before: |
#    `ovs-vsctl get bridge BRIDGE datapath_type` on PVE prints netdev.
#   after: |
#    `ovs-vsctl get bridge BRIDGE datapath_type` in the trial boot prints netdev and
#    `ovs-appctl dpif/show` the same ports.
#  phase: boot
#  sources:
#   - https://docs.openvswitch.org/en/latest/intro/install/dpdk/
#   - https://search.nixos.org/options?query=virtualisation.vswitch.package
package rules.network.open_vswitch_user_space

import data.lib.facts

_bridges[b.name] contains sprintf("/network/ovs/bridges/%d", [i]) if {
	some i, b in input.network.ovs.bridges
	b.datapath == "netdev"
}

_dpdk contains sprintf("/network/ovs/options/%d", [i]) if {
	some i, o in input.network.ovs.options
	o.key == "other_config.dpdk-init"
	facts.truthy(o.value)
}

_reason := "with DPDK" if {
	count(_dpdk) > 0
} else := "without DPDK"

findings contains {"at": sort({at | some places in _bridges; some at in places} | _dpdk), "vars": {"bridges": concat(", ", sort(object.keys(_bridges))), "reason": _reason}} if {
	count(_bridges) > 0
}
