# METADATA
# scope: package
# title: Guests hand over while they wait for a lock
# description: |
#  PVE offers every guest under KVM that a processor which waits for a lock sleeps
#  until it is woken. libvirt calls it pvspinlock, and QEMU leaves it off by itself
#  for most models.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#hypervisor-features
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/CPUConfig.pm
package rules.libvirt.spinlocks

import data.lib.cpus
import data.lib.domains
import data.lib.pcibus

parts contains {"at": domains.at(g, ["cpu", "kvm"]), "document": domains.document(vmid), "path": ["features", "pvspinlock", "state"], "value": _wakes(g)} if {
	some vmid, g in domains.list
	not domains.emulated(g)
	not pcibus.arm[vmid]
}

_wakes(g) := false if {
	cpus.flags(g).kvm_pv_unhalt == "disable"
} else := true
