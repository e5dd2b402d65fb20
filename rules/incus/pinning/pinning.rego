# METADATA
# scope: package
# title: "VMs that were pinned run where there is room: {vmids}"
# description: |
#  limits.cpu is a number of processors or a list that says which ones, one for each
#  of the guest. PVE lets a VM run on more processors than it has, or on fewer; that
#  cannot be said.
# custom:
#  id: PVE-INC-019
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: CPU affinity
#  account: lost
#  workaround: |
#   Give the VM as many processors as the list names, or a list as long as it has
#   processors: `incus config set NAME limits.cpu 0-11`. For NUMA alone `incus config
#   set NAME limits.cpu.nodes 0`.
#  test:
#   before: |
#    `qm config VMID` on PVE prints an affinity of another length than cores times
#    sockets for {vmids}.
#   after: |
#    `incus config get NAME limits.cpu` prints the list that you want.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
package rules.incus.pinning

import data.lib.incus
import data.lib.pve

_free[vmid] := g.config.affinity.at if {
	some vmid, g in pve.vms
	g.config.affinity
	not _pinned[vmid]
}

_pinned[vmid] if {
	some vmid, g in pve.vms
	incus.pinned(g)
}

findings contains {"at": sort([at | some at in _free]), "vars": {"vmids": pve.numbers(object.keys(_free))}} if count(_free) > 0
