# METADATA
# scope: package
# title: The kernel of NixOS is too old for a device
# description: |
#  {what} at {address} has a driver in Linux from {since} on; the kernel of PVE here has it,
#  NixOS {release} starts {series}. The device is there in `lspci` and has no driver.
# custom:
#  id: PVE-HW-020
#  kind: gap
#  category: package
#  severity: major
#  component: drivers
#  equivalent: boot.kernelPackages
#  account: none
#  workaround: |
#   Set boot.kernelPackages to a series from {since} on (linuxPackages_latest where there is
#   no other; with ZFS only one that its zfs is not marked broken for), choose a newer
#   release of NixOS, or use another card until then.
#  test:
#   before: |
#    `lspci -k -s {address}` on PVE prints `Kernel driver in use`.
#   after: |
#    `lspci -k -s {address}` prints the same line on the trial system.
#  phase: boot
#  sources:
#   - https://kernelnewbies.org/LinuxVersions
#   - https://search.nixos.org/options?query=boot.kernelPackages
package rules.hardware.newer_than_kernel

import data.lib.release

findings contains {"at": [sprintf("/hardware/pci/%d", [i])], "vars": {
	"address": d.address,
	"what": device.name,
	"since": device.since,
	"series": release.kernel,
	"release": release.current,
}} if {
	some i, d in input.hardware.pci
	device := data.catalog.new_devices[concat(":", [d.vendor, d.device])]
	d.driver == device.driver
	release.series(device.since) > release.series(release.kernel)
}
