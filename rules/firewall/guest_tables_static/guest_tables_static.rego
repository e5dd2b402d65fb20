# METADATA
# scope: package
# title: What guests may send and receive is fixed in the configuration
# description: |
#  The firewalls of {guests} become one nftables table of the host, with chains for the
#  devices of their network cards ({devices}). It holds the rules, groups and addresses as
#  they are now. A card that is added later, or gets another name on the host, is not
#  filtered, and neither is a guest that another host takes over.
# custom:
#  id: PVE-FW-020
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: firewall of guests
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Change networking.nftables.tables."pve-guests" in the host's configuration from now on; a
#   new card takes two chains and a line in from-guests and to-guests. Leave the names of the
#   devices as they are: target dev on libvirt, host_name on Incus, lxc.net.0.veth.pair for
#   containers. Write the same table for a host that takes a guest over.
#  test:
#   before: |
#    `pve-firewall compile` on PVE prints chains tapVMIDi0-IN and tapVMIDi0-OUT, vethVMIDi0 for
#    containers.
#   after: |
#    `nft list table bridge pve-guests` in the trial boot prints chains of the same names,
#    `nmap -Pn -p 1-1024 GUEST` from another machine the same open ports as on PVE, and
#    `ip -br link | grep -E "tap|veth"` the names that the table has.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
#   - https://search.nixos.org/options?query=networking.nftables.tables
package rules.firewall.guest_tables_static

import data.lib.guestfilters

findings contains {
	"at": sort({guestfilters.cards[f.guest][f.key].at | some f in guestfilters.filtered}),
	"vars": {
		"guests": concat(", ", sort({f.guest | some f in guestfilters.filtered})),
		"devices": concat(", ", sort([f.device | some f in guestfilters.filtered])),
	},
} if {
	count(guestfilters.filtered) > 0
}
