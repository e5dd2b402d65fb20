# METADATA
# scope: package
# title: The driver of the Coral accelerator is none of the kernel
# description: |
#  The accelerator {address} is driven by the module apex of Google's gasket, built by DKMS
#  here. It is no part of Linux: without it there is no /dev/apex_0 on NixOS, and the
#  container or program that detects with it (Frigate, for one) falls back to the processor
#  or does not start. The package of nixpkgs is built for the kernel that is chosen, and
#  may not be for the newest one.
# custom:
#  id: PVE-HW-017
#  kind: gap
#  category: package
#  severity: major
#  component: Coral Edge TPU
#  equivalent: boot.extraModulePackages
#  account: none
#  bridge: kernel
#  workaround: |
#   Set boot.extraModulePackages = [ config.boot.kernelPackages.gasket ], a rule in
#   services.udev.extraRules that gives /dev/apex_0 to the group of the program, and
#   pkgs.libedgetpu where the program runs on the host. Or pass the card to a VM.
#  test:
#   before: |
#    `ls /dev/apex_0` on PVE prints the device.
#   after: |
#    `ls -l /dev/apex_0` on the trial system prints it with the same owner.
#  phase: boot
#  sources:
#   - https://coral.ai/docs/m2/get-started/
#   - https://search.nixos.org/packages?query=gasket
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/os-specific/linux/gasket/default.nix
package rules.hardware.coral

import data.lib.facts

_cards[i] := d if {
	some i, d in input.hardware.pci
	d.vendor == "1ac1"
	d.driver == "apex"
}

findings contains {"at": [sprintf("/hardware/pci/%d", [i])], "vars": {"address": d.address}} if some i, d in _cards

_at := sort(array.concat([sprintf("/hardware/pci/%d", [i]) | some i, _ in _cards], array.concat(_built, [p.at | p := facts.packages["gasket-dkms"]])))

_built := [sprintf("/hardware/dkms/%d", [i]) |
	some i, m in input.hardware.dkms
	m.name == "gasket"
]

bridges contains {"at": _at, "bridge": "kernel", "params": {"module": "gasket"}} if count(_cards) > 0

# A rule of the owner's for the group of the device is translated with the others of udev.
settings contains {"at": _at, "option": ["boot", "extraModulePackages"], "value": [{"_ref": ["config", "boot", "kernelPackages", "gasket"]}]} if count(_cards) > 0
