# METADATA
# scope: package
# title: Firewalls of guests filter nothing
# description: |
#  {count} guests of this node have a firewall that is in force ({guests}) and that a
#  table of nftables cannot say as a whole ({reasons}). PVE filters on a bridge between the
#  guest and its network; nothing does so for them on NixOS, since half a filter would look
#  like one. These guests are reachable on every port, and can send with foreign addresses.
# custom:
#  id: PVE-FW-005
#  kind: gap
#  category: feature
#  severity: major
#  component: firewall of guests
#  equivalent: networking.nftables.tables of family bridge
#  account: lost
#  workaround: |
#   Take what is named out of the guest's firewall on PVE, or say it otherwise there, and
#   capture again. Or put the rules into the guests themselves before the conversion, or write
#   networking.nftables.tables of family bridge for their tap devices (tap100i0 is
#   net0 of guest 100) with a forward chain that drops by default.
#  test:
#   before: |
#    `nmap -Pn -p 1-1024 GUEST` from another machine prints few open ports on PVE
#    and all that the guest listens on in the trial boot.
#   after: |
#    `nmap -Pn -p 1-1024 GUEST` prints the same ports in the trial boot as on PVE.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.guest_rules

import data.lib.guestfilters

findings contains {
	"at": sort(guestfilters.nodes(guestfilters.lost)),
	"vars": {"count": count(guestfilters.lost), "guests": concat(", ", sort(guestfilters.lost)), "reasons": guestfilters.reasons},
} if {
	count(guestfilters.lost) > 0
}
