# METADATA
# scope: package
# title: The ids of vfio-pci are those of devices that the host itself uses
# description: |
#  The ids given to vfio-pci match {devices}, which the host drives with {drivers}. PVE gets
#  away with it because their own driver is loaded first, or because only one of two equal
#  cards is rebound by hand. On NixOS vfio-pci is loaded first in the initial RAM disk and
#  takes every device with these ids: the root disk is not found, or the host has no
#  network.
# custom:
#  id: PVE-HW-009
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: vfio-pci
#  account: none
#  workaround: |
#   Bind by address in place of by id: remove the ids, and set boot.initrd.preDeviceCommands
#   (or a udev rule) that writes `vfio-pci` to /sys/bus/pci/devices/ADDRESS/driver_override
#   for the guest's card only. Test it on PVE first.
#  test:
#   before: |
#    `lspci -nnk` on PVE shows two devices with the same `[vendor:device]`, one of them
#    without `vfio-pci` as its driver.
#   after: |
#    `lspci -nnk` on the trial system shows the host's device with its own driver and the
#    guest's with `vfio-pci`.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://docs.kernel.org/driver-api/vfio.html
#   - https://search.nixos.org/options?query=boot.initrd.preDeviceCommands
package rules.hardware.vfio_host_devices

import data.lib.passthrough

# Disk controllers and network cards: without these the host is not there.
_taken[i] := d if {
	count(passthrough.vfio_ids) > 0
	some i, d in input.hardware.pci
	substring(d.class, 0, 2) in {"01", "02"}
	concat(":", [d.vendor, d.device]) in passthrough.vfio_ids
	not d.driver in {"vfio-pci", "pci-stub", ""}
}

findings contains {"at": sort([sprintf("/hardware/pci/%d", [i]) | some i, _ in _taken]), "vars": {
	"devices": concat(", ", sort([d.address | some d in _taken])),
	"drivers": concat(", ", sort({d.driver | some d in _taken})),
}} if {
	count(_taken) > 0
}
