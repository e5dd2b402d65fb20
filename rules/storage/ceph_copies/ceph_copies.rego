# METADATA
# scope: package
# title: "Pools of Ceph are made with too few copies: {values}"
# description: |
#  ceph.conf sets {values}. With two copies, one of them is left for all data
#  of a node while that node is converted; with min_size 1 writes go on
#  there. A disk that fails in these minutes, or a node that comes back with
#  an older copy, loses what was written.
# custom:
#  id: PVE-STO-073
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Ceph pool
#  account: none
#  workaround: |
#   `ceph osd pool set POOL size 3` and `ceph osd pool set POOL min_size 2`
#   for each pool, wait for active+clean, and remove the lines from
#   ceph.conf. With two nodes there is no safe way to do without one: back up
#   first.
#  test:
#   before: |
#    `ceph osd pool ls detail` on PVE shows pools with size 2 or min_size 1.
#   after: |
#    `ceph osd pool ls detail` shows size 3 and min_size 2 for all replicated
#    pools, and `ceph health` prints HEALTH_OK.
#  phase: prepare
#  sources:
#   - https://docs.ceph.com/en/latest/rados/operations/pools/
#   - https://pve.proxmox.com/pve-docs/chapter-pveceph.html
package rules.storage.ceph_copies

_few(key, n) if {
	key == "osd_pool_default_size"
	n < 3
}

_few(key, n) if {
	key == "osd_pool_default_min_size"
	n < 2
}

_set[at] := sprintf("%s = %d", [key, n]) if {
	some i, p in input.storage.ceph.config
	regex.match(`^global\.osd[_ ]pool[_ ]default[_ ](min[_ ])?size$`, p.key)
	regex.match(`^[1-9][0-9]?$`, p.value)
	key := replace(trim_prefix(p.key, "global."), " ", "_")
	n := to_number(p.value)
	_few(key, n)
	at := sprintf("/storage/ceph/config/%d", [i])
}

findings contains {"at": sort(object.keys(_set)), "vars": {"values": concat(", ", sort([v | some v in _set]))}} if {
	count(_set) > 0
}
