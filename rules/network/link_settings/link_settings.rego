# METADATA
# scope: package
# title: Settings of the card that ifupdown2 makes are not made
# description: |
#  {interface} sets up its card with {options}. ifupdown2 and the scripts of ethtool
#  act on these lines; nothing does so on NixOS. A link whose speed is fixed does not
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

import data.lib.network

_words := `^(link-(speed|duplex|autoneg|fec|lanes)|(gro|gso|tso|lro|ufo|rx|tx)-offload|rx-vlan-filter|offload-[a-z]+|ethernet-(wol|port|pause-[a-z]+)|hardware-(dma-ring|irq-coalesce)-[a-z-]+|(generic-receive|generic-segmentation|large-receive|tcp-segmentation|udp-fragmentation)-offload)$`

_lines[name] := found if {
	some name, n in network.interfaces
	found := [{"at": sprintf("%s/options/%d", [n.at, j]), "text": concat(" ", [p.key, p.value])} |
		some j, p in n.options
		regex.match(_words, p.key)
		not _usual(p)
	]
	count(found) > 0
}

# Cards negotiate the speed unless they are told not to.
_usual(p) if {
	p.key == "link-autoneg"
	lower(p.value) in {"on", "yes"}
}

findings contains {"at": sort([l.at | some l in found]), "vars": {"interface": name, "options": concat(", ", [l.text | some l in found])}} if {
	some name, found in _lines
}
