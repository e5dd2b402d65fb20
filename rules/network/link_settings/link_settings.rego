# METADATA
# scope: package
# title: Settings of the card that ifupdown2 makes are not made
# description: |
#  {interface} sets up its card with {options}. ifupdown2 and the scripts of ethtool
#  act on these lines; systemd-networkd knows none of them. The bridge network hands them
#  to ethtool when the card appears. Without it a link whose speed is fixed does not
#  come up or falls back, an offload that hung the card is on again, and a card whose
#  VLAN filter was off because its table is too small for the bridge (Mellanox) loses
#  VLANs.
# custom:
#  id: PVE-NET-043
#  kind: gap
#  category: configuration
#  severity: major
#  component: network cards
#  equivalent: systemd.network.links.<name>.linkConfig
#  account: review
#  workaround: |
#   Set systemd.network.links."10-INTERFACE".linkConfig: AutoNegotiation,
#   BitsPerSecond, Duplex, TCPSegmentationOffload, GenericReceiveOffload,
#   LargeReceiveOffload, ReceiveVLANCTAGFilter, RxBufferSize, WakeOnLan. Error
#   correction and lanes need ethtool in a service bound to the device.
#  test:
#   before: |
#    `ethtool INTERFACE` and `ethtool -k INTERFACE` on PVE print the speed and the
#    features.
#   after: |
#    `ethtool INTERFACE` and `ethtool -k INTERFACE` print the same in the trial boot.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
#   - https://github.com/CumulusNetworks/ifupdown2/pull/266
#   - https://manpages.debian.org/bookworm/ethtool/ethtool.8.en.html
package rules.network.link_settings

import data.lib.hookservices

findings contains {
	"at": sort([l.at | some l in found]),
	"vars": {"interface": name, "options": concat(", ", [trim_space(concat(" ", [l.key, l.value])) | some l in found])},
} if {
	some name, found in hookservices.cards
}
