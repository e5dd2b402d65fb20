# METADATA
# scope: package
# title: A flag of the OSD map is set
# description: |
#  A flag such as noout, norebalance or pause is set in the cluster. noout is
#  right while a node is converted, but one that was forgotten means that a
#  disk which fails is not replaced by other copies, and pause or nodown make
#  the trial look broken or healthy without cause.
# custom:
#  id: PVE-STO-067
#  kind: pitfall
#  category: service
#  severity: minor
#  component: Ceph
#  account: none
#  workaround: |
#   `ceph osd dump | grep flags` shows which. Unset what nobody needs (`ceph
#   osd unset NAME`), set noout right before the conversion of a node, and
#   unset it when its OSDs are up.
#  test:
#   before: |
#    `ceph health detail` on PVE prints OSDMAP_FLAGS with the names of the
#    flags.
#   after: |
#    `ceph osd dump | grep ^flags` shows noout during the conversion only,
#    and none of noout, norebalance, nobackfill, pause after it.
#  phase: run
#  sources:
#   - https://docs.ceph.com/en/latest/rados/operations/health-checks/
package rules.storage.ceph_flags

findings contains {"at": ["/storage/ceph/checks"], "vars": {}} if {
	some check in input.storage.ceph.checks
	check in {"OSDMAP_FLAGS", "OSD_FLAGS"}
}
