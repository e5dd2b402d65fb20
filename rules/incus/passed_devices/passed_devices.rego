# METADATA
# scope: package
# title: "PCI devices that VMs get have to be looked at again: {devices}"
# description: |
#  Each function of a device is a pci device of the instance, by its address; Incus
#  binds it to vfio-pci when the VM starts. The address must mean the same device
#  under the new kernel, and the host must not need it. A ROM file, the place of the
#  card in the guest and x-vga are lost; of several devices of a mapping the first is
#  taken.
# custom:
#  id: PVE-INC-020
#  kind: pitfall
#  category: feature
#  severity: critical
#  component: PCI passthrough
#  account: review
#  workaround: |
#   Compare `lspci -nn` of both systems in the trial boot and correct the address:
#   `incus config device set NAME hostpci0 address=0000:01:00.0`. Switch the IOMMU on
#   with boot.kernelParams. A graphics card that needs its ROM gets it by
#   raw.qemu.conf: [device "dev-incus_hostpci0"] with romfile = "/path".
#  test:
#   before: |
#    `lspci -nn` on PVE prints the device at the address of {devices}.
#   after: |
#    `lspci -nnk` on the trial system prints "Kernel driver in use: vfio-pci" for it
#    while the VM runs, and `incus start NAME` no error.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_pci/
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_gpu/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/device/pci.go
package rules.incus.passed_devices

import data.lib.drives
import data.lib.facts
import data.lib.incus
import data.lib.passthrough
import data.lib.pve

_devices contains {"vmid": vmid, "key": key, "at": p.at, "property": p.property} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^hostpci[0-9]{1,2}$`, key)
}

_paths(property) := split(facts.field(property, "host"), ";") if {
	true
} else := split(min(passthrough.mappings.pci[facts.field(property, "mapping")]), ";")

# domain:bus:slot.function; without a function all that the slot has.
_functions(path) := {_full(path)} if {
	regex.match(`^([0-9A-Fa-f]{4}:)?[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\.[0-7]$`, path)
} else := found if {
	regex.match(`^([0-9A-Fa-f]{4}:)?[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}$`, path)
	found := object.get(_slots, _full(path), {sprintf("%s.0", [_full(path)])})
} else := set()

_full(path) := lower(path) if {
	regex.match(`^[0-9A-Fa-f]{4}:`, path)
} else := sprintf("0000:%s", [lower(path)])

_slots[split(d.address, ".")[0]] contains d.address if some d in input.hardware.pci

_addresses(property) := sort({address | some path in _paths(property); some address in _functions(path)})

parts contains incus.device(d.vmid, [d.at], _name(d.key, i), {"type": "pci", "address": address}) if {
	some d in _devices
	not facts.field(d.property, "mdev")
	some i, address in _addresses(d.property)
}

_name(key, i) := key if {
	i == 0
} else := sprintf("%s-%d", [key, i])

parts contains incus.device(d.vmid, [d.at], d.key, {"type": "gpu", "gputype": "mdev", "mdev": type, "pci": _addresses(d.property)[0]}) if {
	some d in _devices
	type := facts.field(d.property, "mdev")
	regex.match(`^[A-Za-z0-9_-]{1,64}$`, type)
}

findings contains {"at": sort([d.at | some d in _devices]), "vars": {"devices": drives.words(_devices)}} if count(_devices) > 0
