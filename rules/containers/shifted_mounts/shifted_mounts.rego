# METADATA
# scope: package
# title: "Mount points shift user ids by themselves: {mounts}"
# description: |
#  {mounts} have an idmap: the ids on the disk are not those that the container
#  sees, the mount translates them. Mounted without the translation, all files
#  belong to nobody inside, and what the container writes bears ids that match
#  nothing later. So these mount points are not mounted, and the container is
#  not started. It came with pve-container 6.1.6.
# custom:
#  id: PVE-CT-026
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: mount points of containers
#  account: none
#  workaround: |
#   Change the owners once, with the container off, and drop the option, or
#   mount the directory with a translation of its own on the host: `mount --bind
#   -o X-mount.idmap=u:0:100000:65536 SOURCE TARGET` (util-linux 2.39 and ext4,
#   xfs, btrfs or ZFS 2.2), and name TARGET in the mount point.
#  test:
#   before: |
#    `pct exec VMID -- ls -ln PATH` on PVE prints the ids of the container's
#    users, and `ls -ln` on the host others.
#   after: |
#    `ls -ln PATH` inside prints the same ids on the trial system.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=debian/changelog
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-container/default.nix
#   - https://man7.org/linux/man-pages/man8/mount.8.html
package rules.containers.shifted_mounts

import data.lib.drives
import data.lib.facts

_mounts[at] := m if {
	some at, m in drives.mounts
	facts.field(m.property, "idmap")
}

findings contains {"at": sort(object.keys(_mounts)), "vars": {"mounts": drives.words(_mounts)}} if count(_mounts) > 0
