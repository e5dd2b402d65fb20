# METADATA
# scope: package
# title: The kernel of NixOS
# description: |
#  Fixes the default long-term kernel of the release, for which nixpkgs
#  builds ZFS. The newest kernel is not chosen: ZFS may not support it, and
#  the host would not find its pool.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.kernelPackages
#   - https://nixos.wiki/wiki/ZFS
package rules.boot.kernel

settings contains {"at": ["/host/kernel"], "option": ["boot", "kernelPackages"], "value": {"_mkDefault": {"_ref": ["pkgs", "linuxPackages"]}}}
