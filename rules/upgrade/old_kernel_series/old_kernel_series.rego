# METADATA
# scope: package
# title: "Kernel packages of the release before are still installed: {names}"
# description: |
#  {names} stayed behind in an upgrade and keep a kernel and its initial RAM disk in /boot,
#  and on every system partition where proxmox-boot-tool is used. NixOS puts its own kernels
#  beside them while both systems can boot, so the partition that the trial writes to is
#  fuller than it has to be, and a full one ends in a system that does not boot.
# custom:
#  id: PVE-UPG-006
#  kind: pitfall
#  category: package
#  severity: minor
#  component: kernel packages
#  account: none
#  workaround: |
#   When the host has run the newer kernel for a while: `apt purge {names}`, `apt autoremove
#   --purge`, `proxmox-boot-tool refresh`; then look at the room left with `df -h /boot
#   /boot/efi`.
#  test:
#   before: |
#    `dpkg -l | grep -E "^ii +(pve|proxmox)-kernel-[0-9.]+ "` lists {names}.
#   after: |
#    `dpkg -l | grep -E "^ii +(pve|proxmox)-kernel-[0-9.]+ "` lists only the series that
#    runs.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.upgrade.old_kernel_series

import data.lib.release

_first := release.series(data.catalog.pve_releases[sprintf("%d", [input.host.pve_major])].kernel)

_old[p.name] contains sprintf("/packages/%d", [i]) if {
	some i, p in input.packages
	p.status == "installed"
	found := regex.find_all_string_submatch_n(`^(?:pve|proxmox)-kernel-([0-9]{1,2}\.[0-9]{1,2})$`, p.name, 1)
	release.series(found[0][1]) < _first
}

findings contains {"at": sort([at | some places in _old; some at in places]), "vars": {"names": concat(" ", sort(object.keys(_old)))}} if count(_old) > 0
