# METADATA
# scope: package
# title: Ceph daemons without an OSD are not started
# description: |
#  This host runs {daemons} and no OSD. The module of proxmox-nixos has a
#  misspelt option in its firewall part that stops the evaluation unless
#  OSDs are enabled, so its Ceph part is left off: a monitor fewer, and with
#  three monitors one more failure stops the cluster.
# custom:
#  id: PVE-STO-020
#  kind: gap
#  category: service
#  severity: major
#  component: Ceph monitor
#  equivalent: services.proxmox-ve.ceph
#  account: none
#  workaround: |
#   Make the monitor and manager on another node first (`pveceph mon create`
#   there, `pveceph mon destroy` here), or set
#   services.proxmox-ve.openFirewall to false and open the ports yourself,
#   after which services.proxmox-ve.ceph.mon.enable evaluates.
#  test:
#   before: |
#    `ceph mon stat` lists this host.
#   after: |
#    `ceph quorum_status` shows three monitors in quorum with this host
#    converted.
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
package rules.storage.ceph_without_osd

import data.lib.ceph

findings contains {"at": ["/storage/ceph/daemons"], "vars": {"daemons": concat(", ", sort(input.storage.ceph.daemons))}} if {
	count(input.storage.ceph.daemons) > 0
	count(ceph.ids.osd) == 0
}
