# METADATA
# scope: package
# title: The filter of this host opens the ports of PVE, not those of what takes its place
# description: |
#  The rules of datacenter and node that are in force become the table pve-host of NixOS
#  ({count} of them), together with what PVE lets in by itself: 22, 3128, 8006, 5900-5999 and
#  60000-60050 from its management networks. Nobody listens on most of these any more. The API
#  of Incus (8443), live migration of libvirt (16514, 49152-49215), and DHCP and DNS for guests
#  on a bridge that libvirt or Incus makes are not among them. Tables of libvirt and Incus that
#  accept such packets change nothing: a drop in any table is final.
# custom:
#  id: PVE-FW-019
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: pve-firewall
#  equivalent: networking.nftables.tables
#  account: none
#  workaround: |
#   Add what is used to networking.nftables.tables."pve-host", before the last line of its chain
#   input: `ip saddr NETWORK tcp dport 8443 accept` for Incus, `ip saddr HOSTS tcp dport { 16514,
#   49152-49215 } accept` for migration, `iifname "virbr0" udp dport { 53, 67 } accept` for a
#   bridge with addresses. Take 3128 and 60000-60050 out, and 8006 where nothing reads PVE's API.
#  test:
#   before: |
#    `nft list table inet pve-host` in the trial boot prints 8006 and not the port that is used.
#   after: |
#    `nft list table inet pve-host` in the trial boot prints the port, and `nc -zv HOST PORT` from
#    where it is used succeeds.
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains
#   - https://linuxcontainers.org/incus/docs/main/howto/network_bridge_firewalld/
#   - https://libvirt.org/migration.html
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.ports_of_pve

import data.rules.firewall.host_rules_static

findings contains {"at": f.at, "vars": {"count": f.vars.count}} if some f in host_rules_static.findings
