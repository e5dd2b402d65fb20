# METADATA
# scope: package
# title: VMs draw random numbers from a device of the host
# description: |
#  {vmids} read /dev/hwrng. PVE does not start a VM when the device is missing
#  or when no generator stands behind it (rng_current is none). Which drivers
#  register one, tpm-rng or that of the chipset, depends on the kernel and on
#  its modules.
# custom:
#  id: PVE-VM-031
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: random numbers of VMs
#  account: none
#  workaround: |
#   Give these VMs the generator of the kernel, which is no weaker: `qm set
#   VMID --rng0 source=/dev/urandom`.
#  test:
#   before: |
#    `cat /sys/devices/virtual/misc/hw_random/rng_current` on PVE prints the
#    name of a generator.
#   after: |
#    `qm config VMID | grep rng0` prints source=/dev/urandom; or the file on
#    the trial system holds a name other than none.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_virtio_rng
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/RNG.pm
package rules.guests.hardware_rng

import data.lib.facts
import data.lib.pve

_vms[vmid] := p.at if {
	some vmid, g in pve.vms
	p := g.config.rng0
	facts.field(p.property, "source") == "/dev/hwrng"
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
