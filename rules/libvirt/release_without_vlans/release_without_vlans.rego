# METADATA
# scope: package
# title: libvirt of the chosen release knows no VLANs on bridges of the kernel
# description: |
#  {cards} have a VLAN on a bridge of the kernel. The libvirt of NixOS 24.11 is 10.9
#  and refuses to start such a domain; 11.0 was the first to set VLANs there.
# custom:
#  id: PVE-LV-059
#  kind: gap
#  category: package
#  severity: critical
#  component: VLAN tags of guests
#  equivalent: pkgs.libvirt of NixOS 25.05
#  account: review
#  workaround: |
#   Choose NixOS 25.05 or later (`--release 25.11`), or set
#   virtualisation.libvirtd.package to the libvirt of that release.
#  test:
#   before: |
#    `bridge vlan show` on PVE prints the tag at the tap device of each of {cards}.
#   after: |
#    `virsh version` on the trial system prints 11.0 or later, and the same command
#    prints the tags there.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/news.html#v11-0-0-2025-01-15
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/development/libraries/libvirt/default.nix
package rules.libvirt.release_without_vlans

import data.lib.domaincards
import data.lib.network
import data.lib.release

_cards contains {"name": sprintf("%d %s", [vmid, key]), "at": c.at} if {
	release.current == "24.11"
	some vmid, cards in domaincards.list
	some key, c in cards
	network.interfaces[c.bridge].kind == "bridge"
	network.interfaces[c.bridge].vlan_aware
	domaincards.vlan(c)
}

findings contains {"at": sort([c.at | some c in _cards]), "vars": {"cards": concat(", ", sort([c.name | some c in _cards]))}} if count(_cards) > 0
