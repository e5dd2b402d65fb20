# METADATA
# scope: package
# title: "EFI variables and TPM states of VMs are not read: {disks}"
# description: |
#  Incus keeps the variables of the firmware and the state of a TPM in files of its
#  own and starts with empty ones. Boot entries are gone: a system starts only if it
#  also has the loader \EFI\BOOT\BOOTX64.EFI. What was sealed to the TPM (BitLocker,
#  LUKS) asks for its recovery key.
# custom:
#  id: PVE-INC-006
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: EFI and TPM disks of VMs
#  account: review
#  workaround: |
#   While PVE runs: in a Linux guest install the loader where firmware looks without
#   an entry (`grub-install --removable`, `bootctl install`); Windows has one there.
#   Print the recovery keys of what is sealed to the TPM (`manage-bde -protectors
#   -get C:`; for LUKS add a passphrase). The old volumes stay as they are.
#  test:
#   before: |
#    `efibootmgr` in the guest prints the entry that it boots from, and `ls
#    /boot/efi/EFI/BOOT` no BOOTX64.EFI.
#   after: |
#    `ls /boot/efi/EFI/BOOT` in the guest prints BOOTX64.EFI; on the trial system
#    `incus start NAME --console` reaches the login.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_tpm/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
#   - https://uefi.org/specs/UEFI/2.10/03_Boot_Manager.html
package rules.incus.efi_variables

import data.lib.drives
import data.lib.incus
import data.lib.pve

_state contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in pve.vms
	some key in ["efidisk0", "tpmstate0"]
	p := g.config[key]
}

parts contains incus.device(s.vmid, [s.at], "tpm", {"type": "tpm"}) if {
	some s in _state
	s.key == "tpmstate0"
}

findings contains {"at": sort([s.at | some s in _state]), "vars": {"disks": drives.words(_state)}} if count(_state) > 0
