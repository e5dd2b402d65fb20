# METADATA
# scope: package
# title: Guests with a TPM can ask for their recovery key
# description: |
#  {vmids} have a TPM. BitLocker and systemd-cryptenroll bind the key of a disk
#  to what the TPM has measured of firmware, keys and virtual machine. The new
#  system brings OVMF of another build and another QEMU. Measurements of the
#  firmware (PCR 0 and 2) change with it, and a guest bound to them stops at
#  its boot and wants the recovery key, which the host does not have. The state
#  of the TPM itself stays valid.
# custom:
#  id: PVE-VM-029
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: TPM of VMs
#  account: none
#  workaround: |
#   Have the recovery key of each guest at hand before the conversion
#   (`manage-bde -protectors -get C:`, or a passphrase in another slot of
#   LUKS). Suspend the protection for the first start: `manage-bde -protectors
#   -disable C: -rebootcount 1`. Never make a new TPM state.
#  test:
#   before: |
#    `manage-bde -protectors -get C:` inside prints a numerical password, and
#    `systemd-cryptenroll DEVICE` a slot beside tpm2.
#   after: |
#    The guests {vmids} boot on the trial system without asking, and
#    `manage-bde -status C:` prints Protection On.
#  phase: prepare
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_tpm
#   - https://learn.microsoft.com/en-us/windows/security/operating-system-security/data-protection/bitlocker/countermeasures
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-cryptenroll.html
package rules.guests.tpm_recovery

import data.lib.pve

_vms[vmid] := g.config.tpmstate0.at if some vmid, g in pve.vms

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
