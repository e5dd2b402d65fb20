# METADATA
# scope: package
# title: Virtual functions of the graphics come from a driver outside of the kernel
# description: |
#  {count} functions of the graphics at {address} are switched on by the DKMS module
#  {module}. The drivers of the kernel that NixOS {release} starts ({series}) cannot make
#  them, and nixpkgs has no package of the module. Guests and containers that have such a
#  function do not start.
# custom:
#  id: PVE-HW-016
#  kind: gap
#  category: feature
#  severity: major
#  component: Intel graphics
#  account: none
#  workaround: |
#   Package the module (its sources build as any other of boot.extraModulePackages, one
#   version for each kernel series), or give the whole card to one guest, or keep these
#   guests on a PVE node. Set the number of functions with systemd.tmpfiles.rules or a udev
#   rule.
#  test:
#   before: |
#    `cat /sys/bus/pci/devices/{address}/sriov_numvfs` on PVE prints {count}.
#   after: |
#    It prints {count} on the trial system, and `lspci | grep -c VGA` counts the functions.
#  phase: boot
#  sources:
#   - https://github.com/strongtz/i915-sriov-dkms
#   - https://search.nixos.org/options?query=boot.extraModulePackages
package rules.hardware.graphics_functions

import data.lib.release

findings contains {"at": [sprintf("/hardware/dkms/%d", [j]), sprintf("/hardware/pci/%d", [i])], "vars": {
	"address": d.address,
	"count": d.vfs,
	"module": module.name,
	"release": release.current,
	"series": release.kernel,
}} if {
	some j, module in input.hardware.dkms
	contains(module.name, "sriov")
	some i, d in _divided
}

_divided[i] := d if {
	some i, d in input.hardware.pci
	startswith(d.class, "03")
	d.vfs > 0
}
