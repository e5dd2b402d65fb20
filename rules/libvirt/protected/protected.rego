# METADATA
# scope: package
# title: Protected guests can be removed
# description: |
#  {vmids} are protected: PVE removes neither them nor their disks. libvirt has
#  no such lock. The mark stays in the metadata of the domain for people to read,
#  and `virsh undefine --remove-all-storage` deletes the disks.
# custom:
#  id: PVE-LV-007
#  kind: gap
#  category: feature
#  severity: minor
#  component: protection of VMs
#  account: review
#  workaround: |
#   Give rights to undefine domains to few people; keep snapshots with `zfs hold`
#   where the volumes are on ZFS. The unit defines a removed domain again at the
#   next boot, but nothing brings its disks back.
#  test:
#   before: |
#    `qm config VMID | grep protection` on PVE prints 1.
#   after: |
#    `virsh dumpxml NAME | grep protection` prints yes for {vmids}, and only those
#    who may remove them are in the group libvirtd.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/manpages/virsh.html
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.protected

import data.lib.domains
import data.lib.pve

_vms[vmid] := g.config.protection.at if {
	some vmid, g in domains.list
	domains.on(g, "protection")
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
