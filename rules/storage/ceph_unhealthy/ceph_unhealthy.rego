# METADATA
# scope: package
# title: "Ceph is not healthy: {health}"
# description: |
#  The cluster reports {checks}. To convert this node its daemons go down for
#  a while, and with placement groups that already lack a copy the next
#  missing OSD stops writes, or leaves the only copy on a disk that fails.
#  Recovery and conversion at once also hide which of them caused what.
# custom:
#  id: PVE-STO-065
#  kind: pitfall
#  category: service
#  severity: major
#  component: Ceph
#  account: none
#  inhibits: refuse
#  workaround: |
#   `ceph health detail` names the cause. Bring the cluster to HEALTH_OK with
#   all placement groups active+clean before each node, and only then `ceph
#   osd set noout`.
#  test:
#   before: |
#    `ceph health` on PVE prints {health}.
#   after: |
#    `ceph health` prints HEALTH_OK before the node is converted and again
#    after its daemons have come back.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/rados/operations/health-checks/
#   - https://pve.proxmox.com/pve-docs/chapter-pveceph.html
package rules.storage.ceph_unhealthy

# What a flag like noout alone reports is meant.
_checks := {c | some c in input.storage.ceph.checks; not c in {"OSDMAP_FLAGS", "OSD_FLAGS"}}

findings contains _one

# It is the daemons of this host that go away.
inhibits contains _one if count(input.storage.ceph.daemons) > 0

_one := {"at": ["/storage/ceph/health"], "vars": {"health": input.storage.ceph.health, "checks": concat(", ", sort(_checks))}} if {
	input.storage.ceph.health != "HEALTH_OK"
	count(_checks) > 0
}
