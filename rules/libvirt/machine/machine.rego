# METADATA
# scope: package
# title: Machines of domains
# description: |
#  Architecture, chipset and version of the machine, as PVE would choose them:
#  Windows keeps the version that it was made with. What PVE changed in revisions
#  of its own is said as elements: sleep states that the guest is no longer
#  offered, and the IOMMU of the guest.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#operating-system-booting
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/Machine.pm
package rules.libvirt.machine

import data.lib.domains
import data.lib.facts
import data.lib.release

_qemu := data.catalog.libvirt_qemu[release.current]

parts contains {"at": domains.at(g, at), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [at, path, value] in [
		[["kvm"], ["type"], _type(g)],
		[["arch"], ["os", "type", "arch"], _arch(g)],
		[["machine", "meta"], ["os", "type", "machine"], _machine(g)],
		[[], ["os", "type", "value"], "hvm"],
		[[], ["on_poweroff"], "destroy"],
		[["reboot"], ["on_reboot"], _reboot(g)],
		[[], ["on_crash"], "destroy"],
	]
}

_type(g) := "qemu" if {
	domains.emulated(g)
} else := "qemu" if {
	_arch(g) == "aarch64"
} else := "kvm"

_arch(g) := "aarch64" if {
	domains.value(g, "arch") == "aarch64"
} else := "x86_64"

_reboot(g) := "destroy" if {
	domains.off(g, "reboot")
} else := "restart"

# The newest machine of the release stands for one that it does not have.
_machine(g) := "virt" if {
	_arch(g) == "aarch64"
} else := concat("-", [_chipset(g), domains.machine(g).version]) if {
	_there(domains.machine(g).series)
} else := "q35" if {
	domains.q35(g)
} else := "pc"

_chipset(g) := "pc-q35" if {
	domains.q35(g)
} else := "pc-i440fx"

_there(series) if {
	series >= release.series(_qemu.oldest)
	series <= release.series(_qemu.newest)
}

# Machines of PVE offer no sleep states since 9.2+pve1.
parts contains {"at": domains.at(g, ["machine"]), "document": domains.document(vmid), "path": ["pm", state, "enabled"], "value": enabled} if {
	some vmid, g in domains.list
	_arch(g) == "x86_64"
	some option, state in {"enable-s3": "suspend_to_mem", "enable-s4": "suspend_to_disk"}
	enabled := _sleeps(g, option)
}

_sleeps(g, option) := facts.truthy(facts.field(g.config.machine.property, option)) if {
	facts.field(g.config.machine.property, option) in {"0", "1"}
} else := false if domains.at_least(g, 9002, 1)

parts contains {"at": [g.config.machine.at], "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	model := facts.field(g.config.machine.property, "viommu")
	some [path, value] in _viommu(g, model)
}

_viommu(g, "virtio") := [[["devices", "iommu", "model"], "virtio"]] if domains.q35(g)

_viommu(g, "intel") := array.concat(
	[
		[["devices", "iommu", "model"], "intel"],
		[["devices", "iommu", "driver", "intremap"], true],
		[["devices", "iommu", "driver", "caching_mode"], true],
		[["features", "ioapic", "driver"], "qemu"],
	],
	[[["devices", "iommu", "driver", "aw_bits"], bits] | bits := domains.whole(facts.field(g.config.machine.property, "aw-bits")); bits in {39, 48}],
) if {
	domains.q35(g)
}
