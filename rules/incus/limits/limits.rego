# METADATA
# scope: package
# title: "VMs that were pinned run where there is room: {vmids}"
# description: |
#  limits.cpu is a number of processors or a list that says which ones, one for each
#  of the guest. PVE lets a VM run on more processors than it has, or on fewer; that
#  cannot be said.
#  Numbers of processors, pinning, time and weight of containers, memory, swap and
#  huge pages.
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
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/cgroup/cgroup_cpu.go
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.incus.limits

import data.lib.facts
import data.lib.incus
import data.lib.pve

parts contains incus.part(vmid, array.concat([g.at], [g.config[key].at | some key in ["cores", "sockets", "smp", "vcpus"]; g.config[key]]), ["config", "limits.cpu"], sprintf("%d", [incus.vcpus(g)])) if {
	some vmid, g in pve.vms
	not _pinned[vmid]
}

parts contains incus.part(vmid, array.concat([g.config.affinity.at], [g.config[key].at | some key in ["cores", "sockets", "smp", "vcpus"]; g.config[key]]), ["config", "limits.cpu"], set) if {
	some vmid, set in _pinned
	g := pve.vms[vmid]
}

# A list of processors says in one word how many there are and where they are.
_pinned[vmid] := incus.pinned(g) if some vmid, g in pve.vms

parts contains incus.part(vmid, [g.config.cores.at], ["config", "limits.cpu"], sprintf("%d", [cores])) if {
	some vmid, g in pve.containers
	cores := incus.number(g.config.cores.property.value)
	cores > 0
}

parts contains incus.part(vmid, [g.config.cpulimit.at], ["config", "limits.cpu.allowance"], sprintf("%dms/100ms", [_hundredths(g.config.cpulimit.property.value)])) if {
	some vmid, g in pve.containers
	_hundredths(g.config.cpulimit.property.value) > 0
}

_hundredths(text) := round(to_number(text) * 100) if regex.match(`^[0-9]{1,4}(\.[0-9]{1,4})?$`, text)

# A share in percent is the weight of the control group, 100 being that of all others; it is said in the same key as a limit.
parts contains incus.part(vmid, [g.config.cpuunits.at], ["config", "limits.cpu.allowance"], sprintf("%d%%", [weight])) if {
	some vmid, g in pve.containers
	weight := incus.number(g.config.cpuunits.property.value)
	weight > 0
	weight <= 10000
	not g.config.cpulimit
}

parts contains incus.part(vmid, _at(g, "memory"), ["config", "limits.memory"], sprintf("%dMiB", [_memory(g)])) if some vmid, g in incus.instances

_at(g, key) := [g.config[key].at] if {
	true
} else := [g.at]

# Source of the default: qm.conf(5) and pct.conf(5).
_memory(g) := found if {
	found := incus.number(facts.field(g.config.memory.property, "current"))
	found > 0
} else := found if {
	found := incus.number(g.config.memory.property.value)
	found > 0
} else := 512

parts contains incus.part(vmid, _at(g, "swap"), ["config", "limits.memory.swap"], _swap(incus.count_of(g, "swap", 0))) if some vmid, g in pve.containers

_swap(megabytes) := "false" if {
	megabytes == 0
} else := sprintf("%dMiB", [megabytes])

parts contains incus.part(vmid, [g.config.hugepages.at], ["config", "limits.memory.hugepages"], "true") if {
	some vmid, g in pve.vms
	g.config.hugepages.property.value in {"2", "1024", "any"}
}

parts contains incus.part(vmid, [p.at | some p in nodes], ["config", "limits.cpu.nodes"], concat(",", sort({facts.field(p.property, "hostnodes") | some p in nodes}))) if {
	some vmid, g in pve.vms
	not _pinned[vmid]
	nodes := [p | some key, p in g.config; regex.match(`^numa[0-9]$`, key); regex.match(`^[0-9]{1,3}(-[0-9]{1,3})?$`, facts.field(p.property, "hostnodes"))]
	count(nodes) > 0
}

_free[vmid] := g.config.affinity.at if {
	some vmid, g in pve.vms
	g.config.affinity
	not _pinned[vmid]
}

findings contains {"at": sort([at | some at in _free]), "vars": {"vmids": pve.numbers(object.keys(_free))}} if count(_free) > 0

# Pinned processors are in their nodes already, and Incus shows the guest what they form.
parts contains incus.part(vmid, [p.at], ["config", "limits.cpu"], set) if {
	some vmid, set in _pinned
	some key, p in pve.vms[vmid].config
	regex.match(`^numa[0-9]?$`, key)
}
