# METADATA
# scope: package
# title: Units that turn containers back to snapshots of PVE
# description: |
#  PVE's snapshots stay in the volumes of containers, and pct is not there to turn
#  one back. A unit rollback-VMID-NAME does, when it is started by hand: the
#  container is stopped before. The configuration stays that of today.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_snapshots
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-rollback.8.html
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://docs.ceph.com/en/latest/man/8/rbd/
package rules.containers.rollback

import data.lib.rollback

_units contains s if {
	some s in rollback.list
	s.type == "lxc"
}

settings contains {"at": sort(array.concat([s.at], s.same)), "option": ["systemd", "services", rollback.unit_name(s), key], "value": value} if {
	some s in _units
	container := sprintf("lxc-%d.service", [s.vmid])
	some key, value in rollback.unit(s, [], {"path": rollback.packages(s), "conflicts": [container], "after": [container]})
}

carries contains c if some c in rollback.keys(_units)

bridges contains {"at": sort(array.concat([s.at], s.same)), "bridge": "container", "params": {"vmid": s.vmid, "snapshot": s.name, "unit": rollback.unit_name(s)}} if {
	some s in _units
}
