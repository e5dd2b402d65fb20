# METADATA
# scope: package
# title: The only screen of the host goes to a guest
# description: |
#  The card {address}, on which the firmware shows its screen, belongs to vfio-pci. From the
#  initial RAM disk on the monitor is dark: a trial boot that stops in the middle, or asks
#  for a passphrase, cannot be seen or helped at the machine.
# custom:
#  id: PVE-HW-010
#  kind: pitfall
#  category: feature
#  severity: major
#  component: graphics passthrough
#  account: none
#  workaround: |
#   Have a way that needs no screen (IPMI with its own graphics, a serial line with
#   console=ttyS0 in boot.kernelParams), or take the ids of this card out of vfio-pci for
#   the trial boot and put them back after the commit.
#  test:
#   before: |
#    `cat /sys/bus/pci/devices/{address}/boot_vga` prints 1 and `lspci -k -s {address}` on
#    PVE shows `vfio-pci`.
#   after: |
#    The trial boot shows its messages on the monitor or on the serial line down to
#    `login:`.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://docs.kernel.org/admin-guide/serial-console.html
package rules.hardware.boot_screen

import data.lib.passthrough

# VGA controllers: a card for computing has no screen.
_screens := [i |
	some i, d in input.hardware.pci
	startswith(d.class, "0300")
	not d.driver == "vfio-pci"
	object.get(d, "physical_function", "") == ""
]

# PVE gives a card to vfio-pci as well when a guest with it starts; by its id the card is gone from the beginning.
findings contains {"at": [sprintf("/hardware/pci/%d", [i])], "vars": {"address": d.address}} if {
	some i, d in input.hardware.pci
	d.boot_vga
	d.driver == "vfio-pci"
	concat(":", [d.vendor, d.device]) in passthrough.vfio_ids
	count(_screens) == 0
}
