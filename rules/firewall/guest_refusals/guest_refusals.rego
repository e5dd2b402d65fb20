# METADATA
# scope: package
# title: What a guest's firewall refuses is dropped without an answer
# description: |
#  Rules or policies of {guests} say REJECT: the other side is told at once that it is not
#  let in. Where a table of family bridge sees a packet on its way to a guest nftables can
#  send no answer, so that the table of NixOS drops it, as PVE's own daemon for nftables does.
#  Programs that meet such a rule wait until they give up.
# custom:
#  id: PVE-FW-021
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: firewall of guests
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Where the wait hurts, refuse inside of the guest: let the port in on the host and write the
#   rule with reject into the guest's own firewall. Shorten the time that programs wait.
#  test:
#   before: |
#    `nc -vz -w 20 TARGET PORT` with a refused port prints "Connection refused" at once on PVE.
#   after: |
#    `nc -vz -w 20 TARGET PORT` prints a timeout in the trial boot, or "Connection refused" where
#    the guest refuses by itself.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Rejecting_traffic
package rules.firewall.guest_refusals

import data.lib.guestfilters

findings contains {
	"at": sort({guestfilters.cards[f.guest][f.key].at | some f in guestfilters.filtered; f.guest in guestfilters.refusing}),
	"vars": {"guests": concat(", ", sort(guestfilters.refusing))},
} if {
	count(guestfilters.refusing) > 0
}
