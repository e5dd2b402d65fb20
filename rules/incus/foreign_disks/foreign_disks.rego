# METADATA
# scope: package
# title: Incus does not snapshot, export or delete the disks of VMs
# description: |
#  The VMs use the volumes of PVE where they are, so that PVE can have them back:
#  {disks} disks. Incus knows them as devices of the host. `incus snapshot`, `incus
#  export` and `incus copy` leave them out without a word, and what looks like a
#  backup of a VM holds an empty disk.
# custom:
#  id: PVE-INC-012
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: disks of VMs
#  account: none
#  workaround: |
#   Snapshot and back up the volumes themselves as long as they lie there:
#   services.sanoid or `zfs snapshot`, `lvcreate --snapshot`, restic of the image.
#   When the conversion is done and PVE is not needed any more, move each disk into a
#   pool: `incus storage volume create POOL VM-scsi0 --type=block size=32GiB`, copy
#   the volume onto it with the VM stopped, attach it in place of the device.
#  test:
#   before: |
#    `incus config show NAME` on the trial system prints devices with a source below
#    /dev or a path.
#   after: |
#    `incus config show NAME` prints pool and source=VM-scsi0 for each disk, and
#    `incus snapshot create NAME` followed by a restore brings a changed file back.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://linuxcontainers.org/incus/docs/main/howto/instances_backup/
#   - https://linuxcontainers.org/incus/docs/main/howto/storage_volumes/
package rules.incus.foreign_disks

import data.lib.facts
import data.lib.incus
import data.lib.pve

_used[vmid][key] := d if {
	some vmid, list in incus.disks_of
	some key, d in list
	incus.place(d.file)
}

parts contains incus.device(vmid, [d.at], key, object.union_n([
	{"type": "disk", "source": incus.place(d.file).path, "io.bus": _buses[d.bus]},
	_cache(d),
	_limit(d.property, "limits.read", "mbps_rd", "iops_rd"),
	_limit(d.property, "limits.write", "mbps_wr", "iops_wr"),
	_read_only(d.property),
	_priority(vmid, key),
])) if {
	some vmid, list in _used
	some key, d in list
}

_buses := {"ide": "nvme", "sata": "nvme", "scsi": "virtio-scsi", "virtio": "virtio-blk"}

# Without a word Incus drops every flush of the guest to a device that is in no pool of its own.
_cache(d) := {"io.cache": cache} if {
	cache := facts.field(d.property, "cache")
	cache in {"unsafe", "writeback"}
} else := {"io.cache": "none"} if {
	incus.place(d.file).kind in {"block", "rbd"}
} else := {}

_limit(property, option, bytes, requests) := {option: sprintf("%dB", [round(to_number(text) * 1048576)])} if {
	text := facts.field(property, bytes)
	regex.match(`^[0-9]{1,6}(\.[0-9]{1,3})?$`, text)
} else := {option: sprintf("%diops", [incus.number(facts.field(property, requests))])} if {
	true
} else := {}

_read_only(property) := {"readonly": "true"} if {
	facts.truthy(facts.field(property, "ro"))
} else := {}

_priority(vmid, key) := {"boot.priority": sprintf("%d", [_order[vmid][key]])} if {
	true
} else := {}

# The order of starts as priorities; a network card in it is in the rule of the cards.
_order[vmid] := incus.boot_order(vmid) if some vmid, _ in pve.vms

parts contains incus.device(vmid, [g.config.boot.at], key, {"boot.priority": sprintf("%d", [priority])}) if {
	some vmid, g in pve.vms
	some key, priority in _order[vmid]
	_used[vmid][key]
}

parts contains incus.device(vmid, [g.config.bootdisk.at], key, {"boot.priority": sprintf("%d", [_order[vmid][key]])}) if {
	some vmid, g in pve.vms
	key := g.config.bootdisk.property.value
	_used[vmid][key]
	_order[vmid][key]
}

findings contains {"at": sort([d.at | some list in _used; some d in list]), "vars": {"disks": sum([count(list) | some list in _used])}} if count(_used) > 0
