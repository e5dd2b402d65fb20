# METADATA
# scope: package
# title: A host without packet filter stays without one
# description: |
#  Where PVE's firewall is off, or was on and cannot be said in nftables, NixOS's own
#  firewall is switched off: it is on by default and would close what the host
#  serves today (NFS, migration, consoles, Ceph, monitoring). A finding speaks of
#  each host that had a filter and has none now.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://search.nixos.org/options?query=networking.firewall.enable
package rules.firewall.no_filter

import data.lib.network

settings contains {"at": [], "option": ["networking", "firewall", "enable"], "value": false} if _a_host

# A snapshot without a network says nothing about ports.
_a_host if count(network.interfaces) > 0

_a_host if count(input.network.firewall) > 0
