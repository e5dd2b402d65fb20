# METADATA
# scope: package
# title: This host does not run a kernel of Proxmox VE
# description: |
#  The running kernel {running} is not PVE's. Whoever chose it wanted its scheduler, its
#  patches or a newer driver; NixOS {release} starts {series}, plain. The tuned kernels of
#  nixpkgs are built for any x86-64 processor and follow the newest series, for which zfs is
#  often marked broken: the build then stops, or the pools are not imported.
# custom:
#  id: PVE-KRN-001
#  kind: pitfall
#  category: package
#  severity: minor
#  component: kernel
#  equivalent: boot.kernelPackages
#  account: none
#  workaround: |
#   nixpkgs has linuxPackages_xanmod, linuxPackages_zen and linuxPackages_lqx for
#   boot.kernelPackages. With ZFS check first: `nix eval
#   nixpkgs#linuxPackages_xanmod.zfs_2_3.meta.broken` must print false. Else stay with the
#   default series.
#  test:
#   before: |
#    `uname -r` on PVE prints `{running}`, without `-pve`.
#   after: |
#    `uname -r` on the trial system prints the series that you chose, and `zpool status`
#    lists all pools.
#  phase: boot
#  sources:
#   - https://search.nixos.org/packages?query=linux_xanmod
#   - https://search.nixos.org/options?query=boot.kernelPackages
#   - https://xanmod.org/
package rules.kernel.foreign_kernel

import data.lib.release

findings contains {"at": ["/host/kernel"], "vars": {"running": input.host.kernel, "series": release.kernel_series(input.host.kernel), "release": release.current}} if {
	input.host.kernel
	not endswith(input.host.kernel, "-pve")
}
