# METADATA
# scope: package
# title: "VM {vmid} uses a slice of a graphics card: {types}"
# description: |
#  {vmid} ({name}) asks for mediated devices ({types}). PVE makes the slice before
#  each start, with a name from the number of the VM. The domain names the same, but
#  libvirt starts no domain whose slice is not there, and nothing makes it. For
#  NVIDIA the licensed driver of the host is missing as well, which nixpkgs does not
#  package. Slices of GVT-g on one card of Intel are made at boot and not meant here.
# custom:
#  id: PVE-LV-057
#  kind: gap
#  category: feature
#  severity: major
#  component: mediated devices
#  equivalent: virtualisation.kvmgt
#  account: review
#  workaround: |
#   For NVIDIA leave the VM on a node with PVE, or pass a whole card through.
#  test:
#   before: |
#    `ls /sys/bus/mdev/devices` on PVE prints the slices while the VM runs.
#   after: |
#    The same command prints {uuids} on the trial system, and `virsh start` succeeds.
#  phase: boot
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#usb-pci-scsi-devices
#   - https://pve.proxmox.com/wiki/NVIDIA_vGPU_on_Proxmox_VE
#   - https://search.nixos.org/options?query=virtualisation.kvmgt
package rules.libvirt.mediated_devices

import data.lib.domainhostdevs
import data.lib.facts
import data.lib.guard
import data.lib.gvt
import data.lib.pve

_slices[vmid] contains {"type": type, "uuid": domainhostdevs.uuid(vmid, d), "at": d.at} if {
	some vmid, devices in domainhostdevs.pci
	some key, d in devices
	type := facts.field(d.property, "mdev")
	guard.line(type)
	not gvt.slices[vmid][key]
}

findings contains {
	"at": sort([s.at | some s in list]),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "types": concat(", ", sort({s.type | some s in list})), "uuids": concat(", ", sort({s.uuid | some s in list}))},
} if {
	some vmid, list in _slices
}
