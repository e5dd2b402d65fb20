# METADATA
# scope: package
# title: ZFS is not known to build for {kernel}, which was chosen
# description: |
#  This host needs ZFS, and nixpkgs {release} is not known to build its module for the
#  kernel that the answers choose. A system with a kernel that ZFS does not support does
#  not build, or comes up without its pools. The answer is left aside: the configuration
#  has the kernel that would be there without it.
# custom:
#  id: PVE-BOOT-060
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: ZFS
#  equivalent: boot.kernelPackages
#  account: none
#  workaround: |
#   Choose one of {kernels} in the answers, or leave the answer out. If it has to be
#   {kernel}, look first whether the module is built for it:
#   `nix eval nixpkgs#linuxPackages_latest.zfs_unstable.meta.broken`; then set
#   boot.kernelPackages and boot.zfs.package in a module of your own, with lib.mkForce.
#  test:
#   before: |
#    `zpool list -H -o name` on PVE prints the pools that are needed.
#   after: |
#    `nix build --dry-run .#nixosConfigurations.NAME.config.system.build.toplevel` in the
#    folder of the flake says nothing of a broken zfs-kernel, and `zpool list -H -o name`
#    prints the same pools in the trial system.
#  phase: prepare
#  sources:
#   - https://search.nixos.org/options?query=boot.kernelPackages
#   - https://github.com/NixOS/nixpkgs/blob/master/pkgs/os-specific/linux/zfs/generic.nix
package rules.boot.chosen_kernel

import data.lib.chosen

findings contains {"at": ["/host/kernel"], "vars": {
	"kernel": data.answers.kernel,
	"release": data.release,
	"kernels": concat(", ", [concat("", ["linuxPackages_", replace(k, ".", "_")]) | some k in data.catalog.releases[data.release].kernels]),
}} if {
	chosen.kernel
	not chosen.kernel_fits
}
