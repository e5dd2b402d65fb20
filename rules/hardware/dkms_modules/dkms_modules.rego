# METADATA
# scope: package
# title: Modules that DKMS built come from nixpkgs
# description: |
#  A module that is built on the host for each of its kernels, that is loaded, and that
#  nixpkgs packages for the kernel of NixOS. What is built and not at work has its finding.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.extraModulePackages
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/top-level/linux-kernels.nix
#   - https://manpages.debian.org/stable/dkms/dkms.8.en.html
package rules.hardware.dkms_modules

import data.lib.dkms

bridges contains {"at": m.at, "bridge": "kernel", "params": {"module": name}} if some name, m in dkms.kept

settings contains {"at": m.at, "option": ["boot", option], "value": value} if {
	some m in dkms.kept
	some option, value in {
		"extraModulePackages": [{"_ref": ["config", "boot", "kernelPackages", m.package]}],
		"kernelModules": m.loads,
	}
}
