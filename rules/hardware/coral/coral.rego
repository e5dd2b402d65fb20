# METADATA
# scope: package
# title: The Coral accelerator has no driver
# description: |
#  The accelerator {address} is driven by the module apex of Google's gasket, built by DKMS
#  here. Without it there is no /dev/apex_0 on NixOS, and the container or program that
#  detects with it (Frigate, for one) falls back to the processor or does not start.
# custom:
#  id: PVE-HW-017
#  kind: gap
#  category: package
#  severity: major
#  component: Coral Edge TPU
#  equivalent: boot.extraModulePackages
#  account: none
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

findings contains {"at": [sprintf("/hardware/pci/%d", [i])], "vars": {"address": d.address}} if {
	some i, d in input.hardware.pci
	d.vendor == "1ac1"
	d.driver == "apex"
}
