# METADATA
# scope: package
# title: "EFI disks of VMs trust only Microsoft's certificates of 2011"
# description: |
#  {vmids} have an EFI disk with enrolled keys, made before PVE added the
#  certificates of 2023. Those of 2011 expire in 2026: boot loaders that are
#  signed with the new ones only, of Windows and of Linux distributions, are
#  refused, and the guest stays in its firmware after an update of its own. PVE
#  can add the certificates to such a disk. It does so with QEMU's storage
#  daemon and virt-fw-vars, a path that nobody has tested on NixOS.
# custom:
#  id: PVE-VM-026
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Secure Boot of VMs
#  account: none
#  workaround: |
#   Do it on PVE before the conversion, with the VM shut down: `qm
#   enroll-efi-keys VMID` (PVE 9.1 and newer). Suspend BitLocker inside first (`manage-bde
#   -protectors -disable C: -rebootcount 2`), because it measures the keys.
#  test:
#   before: |
#    `qm config VMID | grep efidisk0` on PVE prints pre-enrolled-keys=1 and no
#    ms-cert=2023.
#   after: |
#    `qm config VMID | grep efidisk0` prints ms-cert=2023, or a later mark, for
#    {vmids}.
#  phase: prepare
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_bios_and_uefi
#   - https://support.microsoft.com/en-us/topic/windows-secure-boot-certificate-expiration-and-ca-updates-7ff40d33-95dc-4c3c-8725-a9b95457578e
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/OVMF.pm
package rules.guests.secure_boot_certificate

import data.lib.facts
import data.lib.pve

_disks[vmid] := p.at if {
	some vmid, g in pve.vms
	p := g.config.efidisk0
	facts.truthy(facts.field(p.property, "pre-enrolled-keys"))
	not _renewed(p.property)
}

_renewed(property) if startswith(facts.field(property, "ms-cert"), "2023")

findings contains {"at": sort([at | some at in _disks]), "vars": {"vmids": pve.numbers(object.keys(_disks))}} if count(_disks) > 0
