# METADATA
# scope: package
# title: "How Ceph is doing is not known"
# description: |
#  This host has daemons of Ceph ({daemons}), and the capture got no answer from the
#  cluster. While the host is in the trial they are away. Nobody has looked whether the
#  others hold enough copies and enough monitors to go on without them.
# custom:
#  id: PVE-CNV-017
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Ceph
#  account: none
#  inhibits: refuse
#  workaround: |
#   Run `ceph -s` on the host as root. If it hangs, the monitors have no quorum or the
#   keyring /etc/pve/priv/ceph.client.admin.keyring is missing: repair that first. When it
#   answers HEALTH_OK, capture again on the running host as root.
#  test:
#   before: |
#    `jq .storage.ceph.health snapshot.json` prints null.
#   after: |
#    `jq .storage.ceph.health snapshot.json` prints HEALTH_OK.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/rados/operations/monitoring/
#   - https://pve.proxmox.com/pve-docs/chapter-pveceph.html
package rules.conversion.ceph_unknown

inhibits contains {"at": ["/storage/ceph/daemons"], "vars": {"daemons": concat(", ", sort(input.storage.ceph.daemons))}} if {
	count(input.storage.ceph.daemons) > 0
	count(input.storage.ceph.config) > 0 # daemons that are left of a cluster which is gone have none
	not input.storage.ceph.health
}
