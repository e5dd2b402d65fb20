# METADATA
# scope: package
# title: "VMs with a BIOS do not start: Incus of NixOS 24.11 comes without SeaBIOS"
# description: |
#  {vmids} boot from SeaBIOS, PVE's default. Incus looks for it (security.csm) where
#  its UEFI firmware lies, and the module of NixOS 24.11 puts only UEFI there. `incus
#  start` refuses these VMs.
# custom:
#  id: PVE-INC-005
#  kind: gap
#  category: feature
#  severity: critical
#  component: VM firmware
#  equivalent: security.csm
#  account: none
#  workaround: |
#   Choose NixOS 25.05 or later, whose module brings it. On 24.11 give Incus a folder
#   of firmware of your own: systemd.services.incus.environment.INCUS_EDK2_PATH =
#   lib.mkForce (pkgs.linkFarm "incus-firmware" [ … ]), with the OVMF files that the
#   module lists and one line more: name = "seabios.bin" and as path
#   share/qemu/bios-256k.bin of pkgs.qemu_kvm.
#  test:
#   before: |
#    `qm config VMID | grep bios` on PVE prints nothing or seabios for {vmids}.
#   after: |
#    `incus start NAME --console` on the trial system shows SeaBIOS and then the
#    guest; before that it prints "Couldn't find one of the required firmware files".
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/nixos-25.11/nixos/modules/virtualisation/incus.nix
#   - https://github.com/NixOS/nixpkgs/issues/365696
#   - https://github.com/NixOS/nixpkgs/issues/342650
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/edk2/driver_edk2.go
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
package rules.incus.legacy_firmware

import data.lib.facts
import data.lib.incus
import data.lib.pve

_bios[vmid] := g if {
	some vmid, g in pve.vms
	not _uefi(g)
}

_uefi(g) if g.config.bios.property.value == "ovmf"

parts contains incus.part(vmid, _at(g), ["config", "security.csm"], "true") if some vmid, g in _bios

# Incus refuses one without the other.
parts contains incus.part(vmid, _at(g), ["config", "security.secureboot"], "false") if some vmid, g in _bios

_at(g) := [g.config.bios.at] if {
	true
} else := [g.at]

# Without an EFI disk PVE starts firmware that holds no keys.
parts contains incus.part(vmid, [g.config.bios.at], ["config", "security.secureboot"], _enrolled(g)) if {
	some vmid, g in pve.vms
	_uefi(g)
}

_enrolled(g) := "true" if {
	facts.truthy(facts.field(g.config.efidisk0.property, "pre-enrolled-keys"))
} else := "false"

findings contains {"at": sort([g.at | some g in _bios]), "vars": {"vmids": pve.numbers(object.keys(_bios))}} if {
	data.release == "24.11"
	count(_bios) > 0
}
