# METADATA
# scope: package
# title: Networks of the SDN that are on other nodes are left to them
# description: |
#  {count} lines of the SDN are about zones, networks and routers of other nodes. This host
#  makes none of them, on PVE or afterwards. The other nodes keep them in their database and
#  go on; this host has no copy of it any more. A guest that comes here from one of them finds
#  no bridge of that name and does not start.
# custom:
#  id: PVE-SDN-014
#  kind: gap
#  category: configuration
#  severity: minor
#  component: SDN
#  equivalent: systemd.network.netdevs
#  account: review
#  workaround: |
#   Nothing has to be done for the guests of this host. Before a guest of another node is
#   brought here, declare a bridge of the name that its card has.
#  test:
#   before: |
#    `pvesh get /nodes/HOST/sdn/zones` on PVE does not print these zones.
#   after: |
#    `ip -br link show type bridge` on the trial system prints each network that a guest here uses.
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.networks_elsewhere

import data.rules.sdn.elsewhere

findings contains {"at": sort(elsewhere.lines), "vars": {"count": count(elsewhere.lines)}} if count(elsewhere.lines) > 0
