# METADATA
# scope: package
# title: "Ceph is not well: {health}"
# description: |
#  This host has daemons of Ceph, and the cluster says {health}{checks}. While the host is
#  in the trial its OSDs and monitors are away. What is short of copies already then has
#  too few: pools stop, and with them the guests of all nodes.
# custom:
#  id: PVE-CNV-014
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: Ceph
#  account: none
#  inhibits: refuse
#  workaround: |
#   `ceph health detail` says what is wrong; repair it and wait for HEALTH_OK. A flag such
#   as noout that you set yourself makes a warning too: unset it, the conversion sets its
#   own. Capture again.
#  test:
#   before: |
#    `ceph health` prints something else than HEALTH_OK.
#   after: |
#    `ceph health` prints HEALTH_OK.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/rados/operations/health-checks/
#   - https://pve.proxmox.com/pve-docs/chapter-pveceph.html
package rules.conversion.ceph_unhealthy

_daemons := [sprintf("/storage/ceph/daemons/%d", [i]) | some i, _ in input.storage.ceph.daemons]

inhibits contains {"at": array.concat(_daemons, ["/storage/ceph/health"]), "vars": {"health": input.storage.ceph.health, "checks": _checks}} if {
	count(_daemons) > 0
	input.storage.ceph.health != "HEALTH_OK"
}

_checks := sprintf(" (%s)", [concat(", ", sort(input.storage.ceph.checks))]) if {
	count(input.storage.ceph.checks) > 0
} else := ""

# Daemons that are there and did not say how they are.
inhibits contains {"at": _daemons, "vars": {"health": "nothing, the capture got no answer", "checks": ""}} if {
	count(_daemons) > 0
	not input.storage.ceph.health
}
