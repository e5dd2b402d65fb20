# METADATA
# scope: package
# title: Open vSwitch options that are not translated
# description: |
#  {interface} has the option {option} with words that are not among those that
#  may go to ovs-vsctl. Nothing of it is set; flow rules, mirrors, QoS or bond
#  details are missing after the conversion.
# custom:
#  id: PVE-NET-015
#  kind: gap
#  category: configuration
#  severity: major
#  component: ovs_options and ovs_extra
#  equivalent: networking.vswitches.<name>.extraOvsctlCmds
#  account: review
#  workaround: |
#   Add the command to networking.vswitches."BRIDGE".extraOvsctlCmds, one a line,
#   without ovs-vsctl in front; flow rules go to openFlowRules.
#  test:
#   before: |
#    `ovs-vsctl list port NAME` and `ovs-vsctl list interface NAME` on PVE print
#    the columns that the option sets.
#   after: |
#    `ovs-vsctl list port NAME` prints the same in the trial boot.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man8/ovs-vsctl.8.html
#   - https://search.nixos.org/options?query=networking.vswitches
package rules.network.open_vswitch_options

import data.lib.network
import data.rules.network.open_vswitch

_claimed contains p if {
	some s in open_vswitch.settings
	some p in s.at
}

findings contains {"at": [at], "vars": {"interface": name, "option": p.key}} if {
	some name, n in network.interfaces
	startswith(n.kind, "ovs-")
	some j, p in n.options
	p.key in {"ovs-options", "ovs-extra"}
	at := sprintf("%s/options/%d", [n.at, j])
	not at in _claimed
}
