# METADATA
# scope: package
# title: Ceph stops while this node is converted
# description: |
#  Of the monitors only {quorum} are in quorum, and this host is one of them.
#  While it reboots, the rest is no majority: reads and writes stop in the
#  whole cluster, guests of all nodes hang, and HA fences nodes whose
#  services do not answer.
# custom:
#  id: PVE-STO-072
#  kind: pitfall
#  category: service
#  severity: critical
#  component: Ceph monitor
#  account: none
#  workaround: |
#   Make monitors until there are three in quorum without this one (`pveceph
#   mon create` on other nodes), or stop all guests on Ceph first and accept
#   that storage is away during the trial.
#  test:
#   before: |
#    `ceph mon stat` on PVE shows a quorum of {quorum}.
#   after: |
#    `ceph quorum_status -f json | jq .quorum_names` lists at least two
#    others while this node is down.
#  phase: convert
#  sources:
#   - https://docs.ceph.com/en/latest/rados/operations/add-or-rm-mons/
#   - https://pve.proxmox.com/pve-docs/chapter-pveceph.html
package rules.storage.ceph_quorum

import data.lib.ceph
import data.lib.pve

findings contains {"at": ["/storage/ceph/quorum"], "vars": {"quorum": concat(", ", sort(input.storage.ceph.quorum))}} if {
	pve.clustered
	count(input.storage.ceph.quorum) in {1, 2}
	some name in input.storage.ceph.quorum
	name in ceph.ids.mon
}
