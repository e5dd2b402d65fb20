# METADATA
# scope: package
# title: Secure Boot refuses the loader of NixOS
# description: |
#  The firmware enforces Secure Boot. PVE starts through a shim that
#  Microsoft signed; kernel, initial RAM disk and loader of NixOS are not
#  signed by anyone that the firmware trusts, so the trial boot ends in the
#  firmware with a security violation.
# custom:
#  id: PVE-BOOT-004
#  kind: gap
#  category: feature
#  severity: critical
#  component: Secure Boot
#  equivalent: lanzaboote (outside nixpkgs)
#  account: none
#  inhibits: refuse
#  workaround: |
#   Switch Secure Boot off in the firmware for the conversion, or enrol your
#   own keys and add the lanzaboote module, which signs each generation.
#  test:
#   before: |
#    `mokutil --sb-state` prints `SecureBoot enabled`.
#   after: |
#    It prints disabled, or `bootctl status` on the trial system prints
#    `Secure Boot: enabled (user)` and the system has started.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Secure_Boot_Setup
#   - https://github.com/nix-community/lanzaboote
package rules.boot.secure_boot

findings contains _one if _enforced

inhibits contains _one if _enforced

_one := {"at": ["/hardware/firmware"], "vars": {}}

_enforced if {
	input.hardware.firmware.kind == "uefi"
	input.hardware.firmware.secure_boot
}
