# METADATA
# scope: package
# title: The kernel of NixOS is not the one of PVE
# description: |
#  PVE runs its own build of Ubuntu's kernel {running} with patches and its
#  own default settings; NixOS {release} starts series {series} from
#  kernel.org. Hardware that only the newer series knows, PVE's patches for
#  passthrough and its AppArmor features for nested containers are missing.
# custom:
#  id: PVE-BOOT-009
#  kind: pitfall
#  category: package
#  severity: minor
#  component: proxmox-kernel
#  equivalent: boot.kernelPackages
#  account: none
#  workaround: |
#   If the host needs the newer series (network card, graphics, storage),
#   set boot.kernelPackages to the linuxPackages_X_Y of the release that is
#   not older, and check that `nix eval` does not call zfs broken with it.
#  test:
#   before: |
#    `uname -r` on PVE.
#   after: |
#    On the trial system `lspci -k` shows a driver for every device that has
#    one on PVE, and `dmesg --level=err` has no new errors.
#  phase: boot
#  sources:
#   - https://git.proxmox.com/?p=pve-kernel.git
#   - https://search.nixos.org/packages?query=linuxPackages
package rules.boot.kernel_differs

import data.lib.release

findings contains {"at": ["/host/kernel"], "vars": {"running": input.host.kernel, "series": release.kernel, "release": release.current}} if {
	release.series(input.host.kernel) > release.series(release.kernel)
}
