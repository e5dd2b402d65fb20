# METADATA
# scope: package
# title: "VM {vmid} uses a slice of a graphics card: {types}"
# description: |
#  {vmid} ({name}) asks for mediated devices ({types}). qemu-server makes them
#  at start through the driver of the host. For NVIDIA that is the licensed
#  vGPU driver with its two daemons, which nixpkgs does not package. Without the
#  driver there is no such type below /sys, and the VM does not start. GVT-g of
#  Intel is switched on by the configuration, for one card.
# custom:
#  id: PVE-VM-019
#  kind: gap
#  category: feature
#  severity: major
#  component: mediated devices
#  account: none
#  workaround: |
#   For NVIDIA vGPU keep the VM on a node with Debian (`qm migrate {vmid} NODE`),
#   or pass the whole card to one VM.
#  test:
#   before: |
#    `ls /sys/class/mdev_bus/*/mdev_supported_types` on PVE lists {types}.
#   after: |
#    It lists them on the trial system, and `qm start {vmid}` succeeds there.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/NVIDIA_vGPU_on_Proxmox_VE
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_pci_passthrough
#   - https://search.nixos.org/options?query=virtualisation.kvmgt
package rules.guests.virtual_gpus

import data.lib.facts
import data.lib.guard
import data.lib.gvt
import data.lib.pve

_slices[vmid] contains {"type": type, "at": p.at} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^hostpci[0-9]+$`, key)
	type := facts.field(p.property, "mdev")
	guard.line(type)
	not gvt.slices[vmid][key]
}

findings contains {
	"at": sort([s.at | some s in list]),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "types": concat(", ", sort({s.type | some s in list}))},
} if {
	some vmid, list in _slices
}
