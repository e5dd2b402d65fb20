# METADATA
# scope: package
# title: VMs use UEFI firmware of 2 MB that nobody builds any more
# description: |
#  The EFI disks of {vmids} are of the type 2m. EDK2 can no longer be built for
#  them: PVE ships the binaries of an old build in pve-edk2-firmware-legacy,
#  without fixes and without the Secure Boot keys of today, and proxmox-nixos
#  copies them along. A store of 2 MB cannot be converted to one of 4 MB.
# custom:
#  id: PVE-VM-028
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: UEFI of VMs
#  account: none
#  workaround: |
#   Make a new EFI disk on PVE with the VM off: `qm set VMID --delete
#   efidisk0`, then `qm set VMID --efidisk0
#   STORAGE:1,efitype=4m,pre-enrolled-keys=0`. The first boot then needs the
#   loader at the fallback path or its entry written anew.
#  test:
#   before: |
#    `qm config VMID | grep efidisk0` on PVE prints no efitype, or efitype=2m.
#   after: |
#    `qm config VMID | grep efidisk0` prints efitype=4m for {vmids}, and they
#    boot after a full stop.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_bios_and_uefi
#   - https://github.com/proxmox/pve-edk2-firmware
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-edk2-firmware/default.nix
package rules.guests.firmware_old_size

import data.lib.facts
import data.lib.pve

_disks[vmid] := p.at if {
	some vmid, g in pve.vms
	not g.config.arch
	p := g.config.efidisk0
	facts.field(p.property, "file")
	not _current(p.property)
}

_current(property) if facts.field(property, "efitype") == "4m"

findings contains {"at": sort([at | some at in _disks]), "vars": {"vmids": pve.numbers(object.keys(_disks))}} if count(_disks) > 0
