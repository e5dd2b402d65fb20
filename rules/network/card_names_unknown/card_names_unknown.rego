# METADATA
# scope: package
# title: Names of network cards cannot be pinned
# description: |
#  The hardware addresses of {cards} are not in the snapshot, so nothing ties
#  the names to the cards. The kernel and systemd of NixOS may name them
#  otherwise; a bridge then waits for a port that never comes and the host cannot
#  be reached.
# custom:
#  id: PVE-NET-002
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: names of network cards
#  equivalent: systemd.network.links
#  account: none
#  workaround: |
#   Capture on the running host, where the addresses are known. From files alone:
#   read the permanent address of each card (`ethtool -P NAME` on PVE) and set
#   systemd.network.links."10-NAME" with matchConfig.PermanentMACAddress and
#   linkConfig.Name.
#  test:
#   before: |
#    `grep -c PermanentMACAddress hosts/HOST/networking.nix` prints fewer than the
#    host has cards.
#   after: |
#    `ip -br link` prints the same names with the same addresses on PVE and in the
#    trial boot.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9#Network_Interface_Name_Change
package rules.network.card_names_unknown

import data.lib.network

findings contains {"at": at, "vars": {"cards": concat(", ", sort(unpinned))}} if {
	unpinned := [name |
		some name, _ in network.networks
		_card(name)
		not network.card_match(name)
	]
	count(unpinned) > 0
	at := sort({p | some name in unpinned; some p in network.networks[name]})
}

# Links of a running kernel tell hardware apart; from files alone a name without a device of its own is a card.
_card(name) if {
	network.live
	name in network.cards
}

_card(name) if {
	not network.live
	name in network.up
	object.get(network.interfaces, name, {"kind": "physical"}).kind in {"physical", "ovs-port"}
	not _virtual[name]
}

# What the host makes itself, also where it is not translated: a VXLAN of the SDN.
_virtual[i.name] if {
	some i in input.network.interfaces
	not i.kind in {"physical", "ovs-port"}
}
