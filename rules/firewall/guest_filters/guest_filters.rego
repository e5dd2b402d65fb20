# METADATA
# scope: package
# title: Nothing filters the guests that PVE's firewall protected
# description: |
#  Guests of this node have a firewall that is in force, and a table of nftables cannot say
#  it as a whole: {reasons}. PVE filters on a bridge between guest and network, and keeps a
#  guest to its own hardware address and, with ipfilter, to its own IP addresses. All of it
#  goes with PVE for {guests}, since half a filter would look like one: they are reachable on
#  every port and can answer for their neighbours and for the gateway.
# custom:
#  id: PVE-FW-017
#  kind: gap
#  category: feature
#  severity: major
#  component: firewall of guests
#  equivalent: nwfilter of libvirt, filters of a NIC of Incus, networking.nftables.tables of family bridge
#  account: lost
#  workaround: |
#   Take what is named out of the guest's firewall on PVE, or say it otherwise there, and capture
#   again. Or put rules of ports into the guests themselves before the conversion. From outside, give the card
#   a name on the host that stays (libvirt: target dev, Incus: host_name) and filter it in
#   networking.nftables.tables of family bridge with a forward chain that drops by default.
#   Foreign addresses: on libvirt name the filter clean-traffic in a filterref of the card, with
#   its addresses as parameters IP; on Incus set security.mac_filtering, security.ipv4_filtering and
#   security.ipv6_filtering of the card. Network ACLs of Incus act on networks that it manages
#   itself, not on a bridge of the host.
#  test:
#   before: |
#    `nmap -Pn -p 1-1024 GUEST` from another machine prints few open ports on PVE and all that
#    the guest listens on in the trial boot.
#   after: |
#    `nmap -Pn -p 1-1024 GUEST` prints the same ports in the trial boot as on PVE, and
#    `arping -c1 -s FOREIGN GATEWAY` inside the guest 0 responses.
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://libvirt.org/formatnwfilter.html
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic
#   - https://linuxcontainers.org/incus/docs/main/howto/network_acls/
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.guest_filters

import data.rules.firewall.guest_rules

findings contains f if some f in guest_rules.findings
