# METADATA
# scope: package
# title: Virtual networks that no guest of this node uses
# description: |
#  The SDN has {count} virtual networks ({vnets}), and no network card of a guest on
#  this node is on one. They are not set up on NixOS; a guest that is moved here and
#  needs one does not start.
# custom:
#  id: PVE-SDN-002
#  kind: gap
#  category: feature
#  severity: minor
#  component: SDN
#  equivalent: systemd.network.netdevs
#  account: review
#  workaround: |
#   Leave them to nodes that run Debian, and keep guests that need them there; or declare
#   bridges of the same names with systemd.network.netdevs.
#  test:
#   before: |
#    `ip -br link show NAME` in the trial boot prints that the device does not
#    exist, while `pvesh get /cluster/sdn/vnets` prints it.
#   after: |
#    `ip -br link show type bridge` in the trial boot prints those that a guest of this host
#    will need.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.sdn.unused

import data.lib.sdn

_unused := (sdn.here - sdn.made) - {id | some id, _ in sdn.users}

findings contains {"at": at, "vars": {"count": count(_unused), "vnets": concat(", ", sort(_unused))}} if {
	count(_unused) > 0
	at := sort(union({sdn.vnets[id].nodes | some id in _unused}))
}
