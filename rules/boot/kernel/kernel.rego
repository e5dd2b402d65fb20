# METADATA
# scope: package
# title: The kernel of NixOS
# description: |
#  Chooses the long-term kernel of the release that comes nearest to the one
#  of PVE and for which nixpkgs builds ZFS. The newest kernel is not chosen:
#  ZFS may not support it, and the host would not find its pool. What the owner
#  has chosen in the answers stands instead, unless ZFS is not known to build for it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.kernelPackages
#   - https://github.com/NixOS/nixpkgs/blob/master/pkgs/top-level/linux-kernels.nix
package rules.boot.kernel

import data.lib.chosen
import data.lib.release

settings contains {"at": ["/host/kernel"], "option": ["boot", "kernelPackages"], "value": _value}

_value := {"_ref": array.concat(["pkgs"], chosen.kernel)} if {
	chosen.kernel_fits
} else := {"_mkDefault": {"_ref": array.concat(["pkgs"], _packages)}}

default _packages := ["linuxPackages"]

_packages := release.kernel_packages(input.host.kernel)
