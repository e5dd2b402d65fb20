# METADATA
# scope: package
# title: Cards have names that the kernel gives to others
# description: |
#  {cards} are names of the kernel's own scheme. It numbers cards in the order in
#  which their drivers find them; a file that gives such a name to a card works only
#  while no other card holds it at that moment. With another kernel the order
#  differs, two cards want the same name, one of them stays as renameN or keeps the
#  wrong one, and the bridge of the management network has the wrong cable or none.
# custom:
#  id: PVE-NET-032
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: names of network cards
#  equivalent: systemd.network.links
#  account: none
#  workaround: |
#   Give the cards names that the kernel never uses (nic0, lan0, wan0): on PVE 9 with
#   pve-network-interface-pinning generate (newer versions call it
#   proxmox-network-interface-pinning), before that with .link files by MAC address;
#   change them in /etc/network/interfaces, reboot PVE once and capture again.
#  test:
#   before: |
#    `networkctl status eth0` on PVE prints a Link File or a name that a rule of udev
#    gave.
#   after: |
#    `ip -br link` prints no eth0 or wlan0, and `ethtool -P nic0` the same address on
#    PVE and in three trial boots in a row.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html#Name=
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#_naming_conventions
package rules.network.kernel_names

import data.lib.network

# A port of a bridge needs no stanza of its own.
_named[name] := at if {
	some name, at in network.networks
	regex.match(`^(eth|wlan)[0-9]{1,3}$`, name)
	network.card_match(name)
}

# With a single card there is nobody to collide with.
_several if count(_named) > 1

_several if count(network.cards) > 1

_several if count([p | some p in input.hardware.pci; startswith(p.class, "02")]) > 1

findings contains {"at": sort(union({at | some at in _named})), "vars": {"cards": concat(", ", sort(object.keys(_named)))}} if {
	count(_named) > 0
	_several
}
