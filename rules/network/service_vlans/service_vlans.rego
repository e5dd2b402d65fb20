# METADATA
# scope: package
# title: A bridge filters customer tags instead of service tags
# description: |
#  {bridges} filters VLANs by the tag of 802.1ad, so that guests and customers can
#  use tags of their own inside. The option has no translation; the bridge filters by
#  802.1Q, drops the service frames of the uplink and takes the inner tags for its
#  own: VLANs of different customers mix or vanish.
# custom:
#  id: PVE-NET-040
#  kind: gap
#  category: configuration
#  severity: major
#  component: bridges
#  equivalent: systemd.network.netdevs.<name>.extraConfig
#  account: review
#  workaround: |
#   Add to systemd.network.netdevs."10-BRIDGE": extraConfig =
#   "[Bridge]\nVLANProtocol=802.1ad". (The option bridgeConfig.VLANProtocol of NixOS
#   24.11 refuses the value.) VLAN devices on the bridge need Protocol=802.1ad in
#   their [VLAN] section too.
#  test:
#   before: |
#    `ip -d link show BRIDGE` on PVE prints vlan_protocol 802.1ad.
#   after: |
#    `ip -d link show BRIDGE` in the trial boot prints vlan_protocol 802.1ad.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html#VLANProtocol=
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
package rules.network.service_vlans

import data.lib.network

_lines[name] contains sprintf("%s/options/%d", [n.at, j]) if {
	some name, n in network.interfaces
	n.kind == "bridge"
	some j, p in n.options
	p.key == "bridge-vlan-protocol"
	lower(p.value) == "802.1ad"
}

findings contains {"at": sort(union({at | some at in _lines})), "vars": {"bridges": concat(", ", sort(object.keys(_lines)))}} if {
	count(_lines) > 0
}
