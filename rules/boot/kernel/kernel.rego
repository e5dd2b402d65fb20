# METADATA
# scope: package
# title: The kernel of NixOS
# description: |
#  Chooses the long-term kernel of the release that comes nearest to the one
#  of PVE and for which nixpkgs builds ZFS. The newest kernel is not chosen:
#  ZFS may not support it, and the host would not find its pool.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.kernelPackages
#   - https://github.com/NixOS/nixpkgs/blob/master/pkgs/top-level/linux-kernels.nix
package rules.boot.kernel

import data.lib.release

settings contains {"at": ["/host/kernel"], "option": ["boot", "kernelPackages"], "value": {"_mkDefault": {"_ref": array.concat(["pkgs"], _packages)}}}

default _packages := ["linuxPackages"]

_packages := release.kernel_packages(input.host.kernel)
