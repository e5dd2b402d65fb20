# METADATA
# scope: package
# title: Disk quotas inside of containers end
# description: |
#  {mounts} have quota=1. PVE mounts such a volume with usrjquota and grpjquota
#  and gives the container the node of its block device, which quotaon needs.
#  Without both the tools inside report no quota, and each user can fill the
#  volume.
# custom:
#  id: PVE-CT-019
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: quotas of containers
#  account: none
#  workaround: |
#   Mount the volume on the host with the options usrjquota=aquota.user,
#   grpjquota=aquota.group and jqfmt=vfsv1 and hand in its device, or bound
#   users in another way: a dataset for each with `zfs set quota=10G`, or
#   quotas of XFS projects on the host.
#  test:
#   before: |
#    `pct exec VMID -- repquota -a` on PVE prints the limits.
#   after: |
#    `repquota -a` inside prints the same limits on the trial system.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_using_quotas_inside_containers
package rules.containers.quotas

import data.lib.drives
import data.lib.facts

_mounts[at] := m if {
	some at, m in drives.mounts
	facts.truthy(facts.field(m.property, "quota"))
}

findings contains {"at": sort(object.keys(_mounts)), "vars": {"mounts": drives.words(_mounts)}} if count(_mounts) > 0
