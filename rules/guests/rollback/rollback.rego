# METADATA
# scope: package
# title: Units that turn virtual machines back to snapshots of PVE
# description: |
#  PVE's snapshots stay in the volumes of guests. Where PVE's own manager is gone,
#  a unit rollback-VMID-NAME turns all disks of a virtual machine that is off
#  back, when it is started by hand. The configuration stays that of today.
# custom:
#  targets: [libvirt, incus]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_snapshots
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-rollback.8.html
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://docs.ceph.com/en/latest/man/8/rbd/
#   - https://www.qemu.org/docs/master/tools/qemu-img.html
package rules.guests.rollback

import data.lib.domains
import data.lib.incus
import data.lib.rollback

_units contains s if {
	some s in rollback.list
	s.type == "qemu"
}

settings contains {"at": sort(array.concat([s.at], s.same)), "option": ["systemd", "services", rollback.unit_name(s), key], "value": value} if {
	some s in _units
	some key, value in rollback.unit(s, [_off(s)], object.union({"path": array.concat(rollback.packages(s), [_manager])}, _environment))
}

_manager := {"_ref": ["pkgs", "libvirt"]} if {
	data.target == "libvirt"
} else := {"_ref": ["config", "virtualisation", "incus", "clientPackage"]}

_environment := {"environment": {"LC_ALL": "C", "LIBVIRT_DEFAULT_URI": "qemu:///system"}} if {
	data.target == "libvirt"
} else := {}

_off(s) := sprintf(`test "$(virsh domstate %s)" = "shut off"`, [domains.name(s.vmid)]) if {
	data.target == "libvirt"
} else := sprintf(`test "$(incus list -f csv -c s name=%s)" = STOPPED`, [incus.name(s.vmid)])

carries contains c if some c in rollback.keys(_units)
