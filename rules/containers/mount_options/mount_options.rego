# METADATA
# scope: package
# title: Mount points of containers lose what they forbid
# description: |
#  PVE mounts {mounts} with noexec, nosuid, nodev or read-only. These are
#  options of the mount, not of the volume. Whoever mounts the volume in
#  another way, a ZFS dataset at its own mount point for example, has it
#  writable, with programs and set-user-ID files in force, and nothing fails
#  that would show it.
# custom:
#  id: PVE-CT-020
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: mount points of containers
#  equivalent: fileSystems.<name>.options
#  account: none
#  workaround: |
#   Repeat the options where the volume is mounted for the container: at the
#   end of lxc.mount.entry (bind,ro,nosuid,nodev,noexec), in
#   fileSystems.<name>.options, or as properties of the dataset: `zfs set
#   exec=off setuid=off devices=off DATASET`.
#  test:
#   before: |
#    `pct exec VMID -- findmnt -no OPTIONS PATH` on PVE prints the options.
#   after: |
#    `findmnt -no OPTIONS PATH` inside prints the same options on the trial
#    system.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_mount_points
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.mount_options

import data.lib.drives
import data.lib.facts

_mounts[at] := m if {
	some at, m in drives.mounts
	_bounded(m.property)
}

_bounded(property) if regex.match(`(^|;)(noexec|nosuid|nodev|ro)(;|$)`, facts.field(property, "mountoptions"))

_bounded(property) if facts.truthy(facts.field(property, "ro"))

findings contains {"at": sort(object.keys(_mounts)), "vars": {"mounts": drives.words(_mounts)}} if count(_mounts) > 0
