# METADATA
# scope: package
# title: Features of domains
# description: |
#  ACPI, and the enlightenments of Hyper-V that PVE switches on for each version of
#  Windows. Guests that are given a graphics card see the name of a hypervisor
#  that drivers accept.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#hypervisor-features
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/CPUConfig.pm
package rules.libvirt.features

import data.lib.cpus
import data.lib.domains

_pc(g) if not _arm(g)

_arm(g) if domains.value(g, "arch") == "aarch64"

parts contains {"at": domains.at(g, ["acpi"]), "document": domains.document(vmid), "path": ["features", name], "value": value} if {
	some vmid, g in domains.list
	some name, value in {"acpi": _acpi(g), "apic": _pc(g)}
	value == true
}

_acpi(g) if not domains.off(g, "acpi")

_enlightened[vmid] := g if {
	some vmid, g in domains.list
	domains.windows(g) >= 6
	not domains.emulated(g)
	not _old_uefi(g)
}

_old_uefi(g) if {
	domains.uefi(g)
	domains.windows(g) < 8
}

parts contains {"at": domains.at(g, ["ostype", "bios"]), "document": domains.document(vmid), "path": ["features", "hyperv", name], "value": value} if {
	some vmid, g in _enlightened
	some name, value in object.union({name: {"state": true} | some name in ["vapic", "vpindex", "runtime", "reset"]}, {"spinlocks": {"state": true, "retries": 8191}})
}

parts contains {"at": domains.at(g, ["ostype", "bios"]), "document": domains.document(vmid), "path": ["features", "hyperv", name], "value": {"state": true}} if {
	some vmid, g in _enlightened
	domains.windows(g) >= 7
	some name in ["relaxed", "synic", "stimer", "ipi"]
}

# Since 11.0+pve2, for Windows 11 on processors of Intel.
parts contains {"at": domains.at(g, ["ostype", "machine"]), "document": domains.document(vmid), "path": ["features", "hyperv", "evmcs", "state"], "value": true} if {
	some vmid, g in _enlightened
	domains.windows(g) == 11
	domains.at_least(g, 11000, 2)
	input.hardware.cpu.vendor == "GenuineIntel"
	not cpus.flags(g)["hv-evmcs"]
}

parts contains {"at": sort(array.concat(domains.at(g, ["ostype"]), [p.at | some key, p in g.config; key in {"cpu", "hostpci0", "hostpci1"}])), "document": domains.document(vmid), "path": ["features", "hyperv", "vendor_id"], "value": {"state": true, "value": vendor}} if {
	some vmid, g in _enlightened
	vendor := _vendor(g)
}

_vendor(g) := name if {
	name := cpus.property(g, "hv-vendor-id")
	regex.match(`^[A-Za-z0-9]{1,12}$`, name)
} else := "proxmox" if domains.graphics_given(g)
