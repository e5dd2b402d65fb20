# METADATA
# scope: package
# title: Drivers that are built on the host are missing
# description: |
#  The packages {packages} build kernel modules on PVE. NixOS has no DKMS:
#  only modules that nixpkgs packages for its kernel exist there. The device
#  behind it has no driver after the boot; with a network or disk driver the
#  host is not reachable.
# custom:
#  id: PVE-HW-004
#  kind: gap
#  category: package
#  severity: major
#  component: DKMS
#  equivalent: boot.extraModulePackages
#  account: none
#  workaround: |
#   `dkms status` on PVE lists modules. Look for each in `linuxPackages`
#   (r8125, v4l2loopback, gasket, nvidia_x11 …) and add it to
#   boot.extraModulePackages, or check whether the newer kernel has a driver
#   of its own (r8169, igc).
#  test:
#   before: |
#    `lspci -k` on PVE shows the driver.
#   after: |
#    `lspci -k` on the trial system shows a driver for the same device.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=boot.extraModulePackages
#   - https://manpages.debian.org/stable/dkms/dkms.8.en.html
package rules.hardware.dkms

import data.lib.dkms
import data.lib.facts
import data.lib.kernel

_built[name] := p if {
	some name, p in facts.packages
	endswith(name, "-dkms")
	not _spoken_of[name]
}

# What nixpkgs has.
_spoken_of contains name if some name in dkms.packages

# What has a finding of its own, because the driver is at work.
_spoken_of contains "gasket-dkms" if {
	some d in input.hardware.pci
	d.driver == "apex"
}

_spoken_of contains name if {
	some d in input.hardware.pci
	d.driver in {"r8101", "r8125", "r8126", "r8127", "r8168"}
	name := concat("", [d.driver, "-dkms"])
}

_spoken_of contains "vendor-reset-dkms" if {
	"vendor_reset" in input.hardware.modules
	count(kernel.passthrough) > 0
}

_spoken_of contains name if {
	"nvidia" in input.hardware.modules
	some name, _ in facts.packages
	regex.match(`^nvidia-([a-z0-9]+-)*dkms$`, name)
}

_spoken_of contains "i915-sriov-dkms" if {
	some module in input.hardware.dkms
	contains(module.name, "sriov")
	some d in input.hardware.pci
	startswith(d.class, "03")
	d.vfs > 0
}

findings contains {"at": sort([p.at | some p in _built]), "vars": {"packages": concat(", ", sort([n | some n, _ in _built]))}} if {
	count(_built) > 0
}
