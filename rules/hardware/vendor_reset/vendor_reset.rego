# METADATA
# scope: package
# title: A graphics card of AMD needs a module to be reset
# description: |
#  The module vendor-reset is in use here. Cards of AMD before Navi 2 do not come back by
#  themselves after a guest stops: without the module the guest starts once after each boot
#  of the host, and the second start hangs it, at times with the whole host.
# custom:
#  id: PVE-HW-018
#  kind: gap
#  category: package
#  severity: major
#  component: vendor-reset
#  equivalent: boot.extraModulePackages
#  account: none
#  bridge: kernel
#  workaround: |
#   Set boot.extraModulePackages = [ config.boot.kernelPackages.vendor-reset ] and
#   boot.kernelModules = [ "vendor-reset" ], and choose the method with a udev rule that
#   writes `device_specific` to /sys/bus/pci/devices/ADDRESS/reset_method, which kernels
#   from 5.15 on want.
#  test:
#   before: |
#    `lsmod | grep vendor_reset` on PVE prints the module.
#   after: |
#    It prints it on the trial system, and the guest with the card starts a second time after
#    it was switched off.
#  phase: run
#  sources:
#   - https://github.com/gnif/vendor-reset
#   - https://search.nixos.org/packages?query=vendor-reset
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/os-specific/linux/vendor-reset/default.nix
package rules.hardware.vendor_reset

import data.lib.facts
import data.lib.kernel

_used if {
	"vendor_reset" in input.hardware.modules
	count(kernel.passthrough) > 0
}

findings contains {"at": ["/hardware/modules"], "vars": {"guests": count(kernel.passthrough)}} if _used

_at := array.concat(["/hardware/modules"], [p.at | p := facts.packages["vendor-reset-dkms"]])

bridges contains {"at": _at, "bridge": "kernel", "params": {"module": "vendor-reset"}} if _used

settings contains {"at": _at, "option": ["boot", option], "value": value} if {
	_used
	some option, value in {
		"extraModulePackages": [{"_ref": ["config", "boot", "kernelPackages", "vendor-reset"]}],
		"kernelModules": ["vendor-reset"],
	}
}
