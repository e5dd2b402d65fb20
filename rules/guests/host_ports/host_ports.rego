# METADATA
# scope: package
# title: "VM {vmid} opens ports of the host: {ports}"
# description: |
#  {vmid} ({name}) is wired to {ports}. PVE looks for the device before it starts QEMU and
#  gives up with "no such serial device" when it is not there. Incus gives a VM no such port
#  at all. NixOS does not load ppdev and parport_pc by itself, and numbers of USB adapters
#  (ttyUSB0, ttyUSB1) follow the order in which the kernel finds them: a VM may also be given
#  the adapter of another one.
# custom:
#  id: PVE-VM-030
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: serial and parallel ports
#  equivalent: boot.kernelModules, services.udev.extraRules
#  account: review
#  workaround: |
#   Load the driver (boot.kernelModules = [ "ppdev" "parport_pc" ] for a
#   parallel port), and name adapters by a link that stays: `qm set {vmid}
#   --serial0 /dev/serial/by-id/NAME`.
#  test:
#   before: |
#    `ls -lL {ports}` on PVE shows character devices.
#   after: |
#    `qm config {vmid} | grep -E 'serial|parallel'` names links below by-id, `ls -lL` of them
#    on the trial system shows the same devices, and {vmid} starts.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://search.nixos.org/options?query=boot.kernelModules
package rules.guests.host_ports

import data.lib.guard
import data.lib.pve

_ports[vmid] contains {"path": p.property.value, "at": p.at} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^(serial|parallel)[0-9]+$`, key)
	startswith(p.property.value, "/dev/")
	guard.line(p.property.value)
}

findings contains {
	"at": sort([p.at | some p in list]),
	"vars": {"vmid": vmid, "name": pve.name(vmid), "ports": concat(" ", sort({p.path | some p in list}))},
} if {
	some vmid, list in _ports
}
