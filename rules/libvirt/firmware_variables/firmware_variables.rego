# METADATA
# scope: package
# title: Variables of UEFI do not come along by themselves
# description: |
#  The firmware of {vmids} keeps boot entries and the keys of Secure Boot in a
#  volume that the unit of the domain cannot read: one on a storage that only
#  QEMU reaches, such as iSCSI, or one for firmware of 2 MB, whose size OVMF of
#  nixpkgs does not have. The guest starts with empty variables: it finds its
#  loader only at the fallback path, Secure Boot is off, and BitLocker asks for
#  the recovery key.
# custom:
#  id: PVE-LV-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: UEFI of VMs
#  account: review
#  workaround: |
#   Export the volume on PVE with the VM off (`qemu-img
#   convert -O raw` of what `pvesm path` prints), cut it with `truncate --size 540672
#   vars.raw`, and copy it to /var/lib/libvirt/qemu/nvram/pve-VMID_VARS.fd before
#   the first start. For firmware of 2 MB make a new EFI disk on PVE first.
#  test:
#   before: |
#    `qm config VMID | grep efidisk0` on PVE shows the volume.
#   after: |
#    `ls -l /var/lib/libvirt/qemu/nvram` on the trial system shows a file of 540672
#    bytes for each of {vmids}, and they boot into their own entry.
#  phase: convert
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#bios-bootloader
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_bios_and_uefi
package rules.libvirt.firmware_variables

import data.lib.domains
import data.lib.efivars
import data.lib.pve

_vms[vmid] := domains.list[vmid].config.efidisk0.at if {
	some vmid, _ in efivars.kinds
	not efivars.volumes[vmid]
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
