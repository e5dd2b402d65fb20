# METADATA
# scope: package
# title: "OSDs that are not on LVM are not started: {osds}"
# description: |
#  These OSDs were made by ceph-disk or taken over with `ceph-volume simple`: they lie on
#  partitions, and a file in /etc/ceph/osd says which. The unit that starts OSDs runs
#  `ceph-volume lvm activate` only, so nothing mounts them, and after ten minutes the cluster
#  copies their data elsewhere.
# custom:
#  id: PVE-STO-075
#  kind: gap
#  category: service
#  severity: major
#  component: Ceph OSD
#  equivalent: services.proxmox-ve.ceph.osd, services.ceph.osd
#  account: none
#  workaround: |
#   Make each OSD anew on LVM under PVE, one at a time: `ceph osd out ID`,
#   wait for active+clean, `pveceph osd destroy ID`, `pveceph osd create
#   DEVICE`. Or add a service with `ceph-volume simple activate --all` before
#   the OSDs and copy /etc/ceph/osd.
#  test:
#   before: |
#    `ls /etc/ceph/osd` on PVE lists a file for each, and `ceph-volume lvm
#    list` does not show them.
#   after: |
#    `ceph-volume lvm list` shows all OSDs of this host, and `ceph osd tree`
#    has them up on the trial system.
#  phase: boot
#  sources:
#   - https://docs.ceph.com/en/latest/ceph-volume/simple/
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/ceph.nix
package rules.storage.ceph_simple

import data.lib.facts

_simple[name] := found[0][1] if {
	some name in facts.in_use
	found := regex.find_all_string_submatch_n(`^ceph-volume@simple-([0-9]{1,6})-`, name, 1)
	count(found) == 1
}

findings contains {"at": sort([facts.units[name].at | some name, _ in _simple]), "vars": {"osds": concat(", ", sort([sprintf("osd.%s", [id]) | some id in _simple]))}} if {
	count(_simple) > 0
}
