# METADATA
# scope: package
# title: "Guests get other names: {names}"
# description: |
#  Incus takes one label of letters, digits and hyphens for the name of an instance,
#  and each name once. What finds guests by the name that PVE showed (scripts,
#  backups, monitoring) has to learn the new one; inside of a container it is the
#  host name.
#  Each guest of the host that can start becomes a document that `incus create`
#  reads. The root disk of a VM is an empty volume of Incus, which the API asks for:
#  the disks of PVE are devices beside it.
# custom:
#  id: PVE-INC-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: names of guests
#  account: none
#  workaround: |
#   Rename the guest on PVE before the conversion (`qm set VMID --name`, `pct set
#   VMID --hostname`) to one label that no other guest has; or use the new names. The
#   key user.pve.vmid of each instance holds its old number: `incus list
#   user.pve.vmid=100`.
#  test:
#   before: |
#    `qm list` and `pct list` on PVE print the old names of {names}.
#   after: |
#    `incus list -c n,user.pve.vmid` prints each number with the name that you
#    expect.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_properties/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
#   - https://github.com/lxc/incus/blob/v6.0.2/cmd/incus/create.go
package rules.incus.instances

import data.lib.facts
import data.lib.guard
import data.lib.incus
import data.lib.pve

_renamed[vmid] := g if {
	some vmid, g in incus.instances
	pve.name(vmid) != incus.name(vmid)
}

findings contains {
	"at": sort([g.at | some g in _renamed]),
	"vars": {"names": concat(", ", sort({sprintf("%d is %s", [vmid, incus.name(vmid)]) | some vmid, _ in _renamed}))},
} if {
	count(_renamed) > 0
}

parts contains incus.part(vmid, [g.at], ["profiles"], []) if some vmid, g in incus.instances

parts contains incus.part(vmid, [g.at], ["config", "user.pve.vmid"], sprintf("%d", [vmid])) if some vmid, g in incus.instances

parts contains incus.part(vmid, _named(g), ["name"], incus.name(vmid)) if some vmid, g in incus.instances

_named(g) := array.concat([g.at], [g.config[key].at | some key in ["name", "hostname"]; g.config[key]])

parts contains incus.part(vmid, [g.at], ["type"], "virtual-machine") if some vmid, g in pve.vms

parts contains incus.part(vmid, [g.at], ["source"], {"type": "none"}) if some vmid, g in pve.vms

parts contains incus.device(vmid, [g.at], "root", {"type": "disk", "path": "/", "pool": "default", "size": "16MiB", "io.bus": _empty(vmid)}) if some vmid, g in pve.vms

# Not the bus of a disk that the guest knows by its turn.
_empty(vmid) := "nvme" if {
	some d in incus.disks_of[vmid]
	d.bus == "virtio"
} else := "virtio-blk"

parts contains incus.part(vmid, [g.at], ["type"], "container") if some vmid, g in pve.containers

parts contains incus.part(vmid, [g.at], ["source"], {"type": "image", "alias": sprintf("pve-%d", [vmid])}) if some vmid, g in pve.containers

parts contains incus.device(vmid, [m.at], "root", object.union({"type": "disk", "path": "/", "pool": incus.pool(m.file)}, _sized(m.property))) if {
	some vmid, mounts in incus.mounts_of
	m := mounts.rootfs
}

# A container whose line is damaged has a root, too: the API asks for one.
parts contains incus.device(vmid, [g.at], "root", {"type": "disk", "path": "/", "pool": "default"}) if {
	some vmid, g in pve.containers
	not incus.mounts_of[vmid].rootfs
}

_sized(property) := {"size": incus.size(facts.field(property, "size"))} if {
	true
} else := {}

parts contains incus.part(vmid, [g.config.arch.at], ["architecture"], _architectures[g.config.arch.property.value]) if some vmid, g in incus.instances

_architectures := {"aarch64": "aarch64", "amd64": "x86_64", "arm64": "aarch64", "armhf": "armv7l", "i386": "i686", "riscv32": "riscv32", "riscv64": "riscv64", "x86_64": "x86_64"}

parts contains incus.part(vmid, [g.config.tags.at], ["config", "user.pve.tags"], g.config.tags.property.value) if some vmid, g in incus.instances

parts contains incus.part(vmid, [g.config.description.at], ["description"], g.config.description.property.value) if some vmid, g in incus.instances

parts contains incus.part(vmid, [g.config.protection.at], ["config", "security.protection.delete"], _word(g.config.protection)) if some vmid, g in incus.instances

_word(p) := "true" if {
	facts.truthy(p.property.value)
} else := "false"

# Windows licences and cluster software know the machine by these.
parts contains incus.part(vmid, [p.at], ["config", "volatile.uuid"], lower(uuid)) if {
	some vmid, g in pve.vms
	p := g.config.smbios1
	uuid := facts.field(p.property, "uuid")
	_uuid(uuid)
}

parts contains incus.part(vmid, [p.at], ["config", "volatile.uuid.generation"], lower(p.property.value)) if {
	some vmid, g in pve.vms
	p := g.config.vmgenid
	_uuid(p.property.value)
	p.property.value != "00000000-0000-0000-0000-000000000000"
}

_uuid(text) if {
	guard.line(text)
	regex.match(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`, text)
}
