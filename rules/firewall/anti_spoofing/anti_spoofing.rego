# METADATA
# scope: package
# title: Guests can take addresses of others
# description: |
#  The firewall keeps {guests} to their own IP addresses (ipfilter). It is a filter
#  for outgoing packets on the bridge of the guest's firewall, which nobody sets up
#  on NixOS: such a guest can answer for its neighbours, for the gateway or for the
#  management address of this host, and its tenant needs no rights on the host for
#  it. Rules inside of the guest cannot replace this.
# custom:
#  id: PVE-FW-009
#  kind: gap
#  category: feature
#  severity: major
#  component: firewall of guests
#  equivalent: networking.nftables.tables of family bridge
#  account: none
#  workaround: |
#   Write a table of family bridge for each tap device: chain with hook prerouting,
#   iifname "tap100i0" and drop for ether saddr other than the card's, for ip saddr
#   and arp saddr ip other than the guest's, and for icmpv6 nd-router-advert. Let a
#   hook script of the guest load it, since the device comes with the guest. Or keep
#   guests of tenants on nodes that run Debian.
#  test:
#   before: |
#    `ipset list PVEFW-VMID-ipfilter-net0-v4` on PVE prints the allowed addresses.
#   after: |
#    `nft list table bridge NAME` in the trial boot prints them, and `arping -c1 -s
#    FOREIGN GATEWAY` inside the guest 0 responses.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.anti_spoofing

import data.lib.guestfilters

_places[name] contains sprintf("%s/options/%d", [f.at, j]) if {
	some name in guestfilters.lost
	f := guestfilters.files[name]
	some j, p in f.file.options
	p.key == "ipfilter"
	p.value == "1"
}

_places[name] contains sprintf("%s/ipsets/%d", [f.at, j]) if {
	some name in guestfilters.lost
	f := guestfilters.files[name]
	some j, s in f.file.ipsets
	startswith(s.name, "ipfilter-")
}

findings contains {"at": sort(union({at | some at in _places})), "vars": {"guests": concat(", ", sort(object.keys(_places)))}} if {
	count(_places) > 0
}
