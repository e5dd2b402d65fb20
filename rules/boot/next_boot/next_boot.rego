# METADATA
# scope: package
# title: Another entry is already chosen for the next boot
# description: |
#  The firmware has the entry {number} ({name}) noted for the next boot only. A trial boot
#  notes its own entry in the same place, so one of the two is lost; and if the machine
#  restarts before, it starts {name} instead of PVE.
# custom:
#  id: PVE-BOOT-012
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: UEFI boot entries
#  account: none
#  workaround: |
#   Find out who set it (a firmware update with fwupd, `efibootmgr -n`, a boot menu), let it
#   happen or remove it with `efibootmgr -N`, and capture again.
#  test:
#   before: |
#    `efibootmgr` prints `BootNext: {number}`.
#   after: |
#    `efibootmgr | grep BootNext` prints nothing.
#  phase: prepare
#  sources:
#   - https://manpages.debian.org/stable/efibootmgr/efibootmgr.8.en.html
#   - https://uefi.org/specs/UEFI/2.10/03_Boot_Manager.html
package rules.boot.next_boot

findings contains {"at": ["/hardware/firmware/boot_next"], "vars": {"number": number, "name": _name(number)}} if {
	number := input.hardware.firmware.boot_next
}

_name(number) := names[0] if {
	names := [e.name | some e in input.hardware.firmware.entries; e.number == number]
} else := "an entry that does not exist"
