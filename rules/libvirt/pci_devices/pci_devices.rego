# METADATA
# scope: package
# title: "VM {vmid} gets devices of the host: {devices}"
# description: |
#  {vmid} ({name}) holds the PCI devices {devices}. The domain names them by
#  their address, a mapping by what it means on this host. It starts only when the
#  IOMMU is on and each address is still that device: another kernel may number or
#  group devices otherwise, and the host would give away what it needs itself.
# custom:
#  id: PVE-LV-055
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: PCI passthrough
#  equivalent: boot.kernelParams, boot.initrd.kernelModules
#  account: review
#  workaround: |
#   Note `lspci -nnk` and the groups (`ls -l /sys/kernel/iommu_groups/*/devices`)
#   on PVE, and leave the domain off in the trial boot. Compare both there, correct
#   the address (`virsh edit NAME`), then start it by hand.
#  test:
#   before: |
#    `lspci -nnk` on PVE shows vfio-pci for {devices} while the VM runs.
#   after: |
#    `virsh start` of the domain succeeds on the trial system, `lspci -nnk` shows
#    vfio-pci there, and the guest sees the device.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#usb-pci-scsi-devices
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.libvirt.pci_devices

import data.lib.domainhostdevs
import data.lib.domains
import data.lib.facts
import data.lib.pcibus
import data.lib.pve

parts contains {"at": [d.at], "document": domains.document(vmid), "path": ["devices", "hostdevs", _name(key, i)], "value": value} if {
	some vmid, devices in domainhostdevs.pci
	some key, d in devices
	not d.mdev
	some i, f in d.functions
	value := object.union_n([
		{"mode": "subsystem", "type": "pci", "managed": true, "driver": {"name": "vfio"}, "source": {"address": f}, "alias": {"name": concat("", ["ua-", _name(key, i)])}},
		_address(vmid, key, d, i),
		_rom(d, i),
	])
}

# PVE makes the slice before each start, with this name.
parts contains {"at": [d.at], "document": domains.document(vmid), "path": ["devices", "hostdevs", key], "value": value} if {
	some vmid, devices in domainhostdevs.pci
	some key, d in devices
	d.mdev
	value := object.union(
		{"mode": "subsystem", "type": "mdev", "model": "vfio-pci", "source": {"address": {"uuid": domainhostdevs.uuid(vmid, d)}}, "alias": {"name": concat("", ["ua-", key])}},
		_address(vmid, key, d, 0),
	)
}

_name(key, 0) := key

_name(key, i) := sprintf("%s-%d", [key, i]) if i > 0

# Root ports beyond those of each Q35 are libvirt's to make.
_address(vmid, _, d, i) := {"address": object.union(place, _functions(d, i))} if {
	d.express
	pcibus.q35[vmid]
	d.index < 4
	place := pcibus.place(d.index + 1, 0, i)
} else := {} if {
	d.express
	pcibus.q35[vmid]
} else := {"address": object.union(place, object.union({"function": sprintf("0x%x", [i])}, _functions(d, i)))} if {
	place := pcibus.address(vmid, sprintf("hostpci%d", [d.index]))
} else := {}

_functions(d, 0) := {"multifunction": true} if {
	count(d.functions) > 1
} else := {}

_functions(_, i) := {} if i > 0

_rom(d, 0) := {"rom": {"bar": false}} if {
	facts.field(d.property, "rombar") in {"0", "no", "off", "false"}
} else := {"rom": {"file": concat("", [domainhostdevs.roms, file])}} if {
	file := domainhostdevs.rom(d.property)
} else := {}

_rom(_, i) := {} if i > 0

findings contains {"at": sort([p.at | some p in list]), "vars": {"vmid": vmid, "name": pve.name(vmid), "devices": concat(", ", sort([domainhostdevs.label(p.property) | some p in list]))}} if {
	some vmid, _ in domains.list
	list := [p | some key, p in domains.list[vmid].config; domainhostdevs.pci[vmid][key]]
	count(list) > 0
}

carries contains {"at": sort([d.at | some d in list]), "path": concat("", ["/usr/share/kvm/", file]), "to": concat("", [domainhostdevs.roms, file]), "mode": "0644", "secret": false} if {
	some file, list in _roms
}

_roms[file] contains d if {
	some devices in domainhostdevs.pci
	some d in devices
	file := domainhostdevs.rom(d.property)
}
