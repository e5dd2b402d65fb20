# METADATA
# scope: package
# title: Containers run as root of the host
# description: |
#  {vmids} are privileged: root inside is root outside, and AppArmor keeps it away from the
#  host. A configuration of LXC asks for a profile as on PVE and switches AppArmor on; Incus
#  has profiles of its own and does not switch it on. Where the kernel runs without AppArmor,
#  the container starts all the same and nothing says so. Then only capabilities and the
#  filter of system calls are left, and whoever takes over such a container has the host.
# custom:
#  id: PVE-CT-005
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: privileged containers
#  equivalent: security.apparmor.enable
#  account: none
#  workaround: |
#   Make them unprivileged on PVE: stop, `vzdump VMID`, `pct restore VMID ARCHIVE
#   --unprivileged 1 --force`, and test. What cannot be (NFS server, raw devices) belongs into
#   a virtual machine. Otherwise see that security.apparmor.enable is true, and look for lines
#   lxc.apparmor.profile = unconfined.
#  test:
#   before: |
#    `pct config VMID` shows no "unprivileged: 1" for {vmids}.
#   after: |
#    It does; or on the trial system `cat /proc/PID/attr/current` of the
#    container's init names a profile instead of unconfined.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Unprivileged_LXC_containers
#   - https://search.nixos.org/options?query=security.apparmor.enable
package rules.containers.privileged

import data.lib.facts
import data.lib.pve

_privileged[vmid] := g if {
	some vmid, g in pve.containers
	not _unprivileged(g)
}

_unprivileged(g) if facts.truthy(g.config.unprivileged.property.value)

findings contains {"at": sort([g.at | some g in _privileged]), "vars": {"vmids": pve.numbers(object.keys(_privileged))}} if count(_privileged) > 0
