# METADATA
# scope: package
# title: Units that turn guests back to snapshots of PVE
# description: |
#  PVE's snapshots stay in the volumes of guests. Where PVE's own tools are gone,
#  a unit rollback-VMID-NAME turns all volumes of a guest back, when it is started
#  by hand. It looks at each volume before it touches the first one; a container
#  is stopped before, a virtual machine has to be off. The configuration stays
#  that of today.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_snapshots
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-rollback.8.html
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://docs.ceph.com/en/latest/man/8/rbd/
#   - https://www.qemu.org/docs/master/tools/qemu-img.html
package rules.guests.rollback

import data.lib.domains
import data.lib.incus
import data.lib.rbd
import data.lib.rollback

_units[sprintf("rollback-%d-%s", [s.vmid, s.name])] := s if {
	some s in rollback.list
	_served(s)
}

# qemu-server turns virtual machines back itself; roots of containers are new ones on Incus.
_served(s) if {
	data.target in {"proxmox", "libvirt"}
	s.type == "lxc"
}

_served(s) if {
	data.target in {"libvirt", "incus"}
	s.type == "qemu"
}

settings contains {"at": sort(array.concat([s.at], s.same)), "option": ["systemd", "services", unit, key], "value": value} if {
	some unit, s in _units
	some key, value in object.union(
		{
			"description": sprintf("%s %d back to the snapshot %s", [{"lxc": "Container", "qemu": "Virtual machine"}[s.type], s.vmid, s.name]),
			"path": array.concat([{"_ref": ["pkgs", name]} | some name in sort({v.tool | some v in s.volumes; v.tool != "zfs"})], [{"_ref": path} | some path in _more(s)]),
			"restartIfChanged": false,
			"serviceConfig": {"Type": "oneshot"},
			"script": concat("\n", array.flatten([
				_off(s),
				[sprintf("%s || { echo 'A volume has no snapshot %s that it can be turned back to' >&2; exit 1; }", [v.check, s.name]) | some v in s.volumes],
				[line | some v in s.volumes; some line in v.act],
				"",
			])),
		},
		_stopped(s),
	)
}

_more(s) := array.flatten([
	[["config", "boot", "zfs", "package"] | "zfs" in {v.tool | some v in s.volumes}],
	[["pkgs", "libvirt"] | data.target == "libvirt"; s.type == "qemu"],
	[["config", "virtualisation", "incus", "clientPackage"] | data.target == "incus"],
])

_stopped(s) := {"conflicts": [unit], "after": [unit]} if {
	s.type == "lxc"
	unit := sprintf("lxc-%d.service", [s.vmid])
} else := {"environment": {"LC_ALL": "C", "LIBVIRT_DEFAULT_URI": "qemu:///system"}} if {
	data.target == "libvirt"
} else := {}

_off(s) := [] if {
	s.type == "lxc"
} else := [sprintf(`test "$(virsh domstate %s)" = "shut off"`, [domains.name(s.vmid)])] if {
	data.target == "libvirt"
} else := [sprintf(`test "$(incus list -f csv -c s name=%s)" = STOPPED`, [incus.name(s.vmid)])]

bridges contains {"at": sort(array.concat([s.at], s.same)), "bridge": "container", "params": {"vmid": s.vmid, "snapshot": s.name, "unit": unit}} if {
	some unit, s in _units
	s.type == "lxc"
}

carries contains c if some c in rbd.carries({v.storage | some s in _units; some v in s.volumes; v.tool == "ceph-client"})
