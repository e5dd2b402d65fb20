# METADATA
# scope: package
# title: UEFI VMs forget their boot entries at every stop
# description: |
#  {vmids} boot by UEFI and have no EFI disk. PVE keeps their variables in a
#  file below /tmp that each start makes anew. A guest that was installed or
#  updated since its last full stop runs with a boot entry that the conversion,
#  which is a full stop, throws away. It then comes up only if its loader lies
#  at \EFI\BOOT\BOOTX64.EFI as well.
# custom:
#  id: PVE-VM-027
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: UEFI of VMs
#  account: none
#  workaround: |
#   Add an EFI disk on PVE (`qm set VMID --efidisk0 STORAGE:1,efitype=4m`),
#   start the VM and write its boot entry again, or install the loader as the
#   fallback (`grub-install --removable`, `bootctl install`).
#  test:
#   before: |
#    `qm start VMID` on PVE warns "no efidisk configured! Using temporary
#    efivars disk."
#   after: |
#    It does not warn, and the guest boots after `qm shutdown VMID` and `qm
#    start VMID`.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_bios_and_uefi
package rules.guests.firmware_without_disk

import data.lib.pve

_vms[vmid] := g.config.bios.at if {
	some vmid, g in pve.vms
	g.config.bios.property.value == "ovmf"
	not g.config.efidisk0
	not g.config["amd-sev"]
	not g.config["intel-tdx"]
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
