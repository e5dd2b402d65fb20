# METADATA
# scope: package
# title: Windows VMs run on a machine of 2020 because no version is written down
# description: |
#  {vmids} run Windows and pin no machine version, and their configuration does not say that
#  QEMU 9.1 or newer made them. PVE then takes version 5.1 without a word, because 5.2 moved
#  devices in ACPI. QEMU drops it six years after its release: after an update of QEMU these
#  VMs start on the newest machine instead, where Windows finds its network cards and disks
#  anew, loses static addresses and can ask for activation. Incus knows nothing of 5.1 and
#  does so at once; a domain of libvirt names it for as long as its QEMU has it.
# custom:
#  id: PVE-VM-025
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: machine type of VMs
#  account: none
#  workaround: |
#   Write a version down on PVE, start the VM there and settle addresses and
#   drivers while the old state is a snapshot away: `qm set VMID --machine
#   pc-i440fx-9.2` or pc-q35-9.2.
#  test:
#   before: |
#    `qm showcmd VMID --pretty | grep machine` on PVE prints a type that ends
#    in 5.1+pve0.
#   after: |
#    It prints the version that you have chosen, and `ipconfig /all` inside
#    shows the old address.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_machine_type
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/Machine.pm
package rules.guests.windows_machine

import data.lib.facts
import data.lib.pve
import data.lib.release

_windows := {"w2k", "w2k3", "w2k8", "win10", "win11", "win7", "win8", "wvista", "wxp"}

_vms[vmid] := g.config.ostype.at if {
	some vmid, g in pve.vms
	g.config.ostype.property.value in _windows
	not _versioned(g)
	not _new(g)
}

_versioned(g) if not facts.field(g.config.machine.property, "type") in {"pc", "q35"}

_new(g) if release.series(facts.field(g.config.meta.property, "creation-qemu")) >= 9001

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
