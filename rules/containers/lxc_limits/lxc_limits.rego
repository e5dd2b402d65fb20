# METADATA
# scope: package
# title: Memory and processors of containers
# description: |
#  Writes the limits of the control group as PVE does: memory with the mark
#  from which it is reclaimed, swap, time, weight, and a set of processors.
#  The sets lie beside each other, in the order of the containers, because
#  nothing moves them later.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/LXC.pm
#   - https://docs.kernel.org/admin-guide/cgroup-v2.html
package rules.containers.lxc_limits

import data.lib.lxc

_number := `^[0-9]{1,9}(\.[0-9]{1,6})?$`

# PVE gives 512 MiB and no swap to a container that says nothing, or no memory.
_text(g, key, fallback) := fallback if {
	regex.match(`^0+(\.0+)?$`, g.config[key].property.value)
} else := g.config[key].property.value if {
	g.config[key]
} else := fallback

_at(g, keys) := [g.config[key].at | some key in keys; g.config[key]]

parts contains {"at": _at(g, [name]), "document": lxc.document(vmid), "path": [key], "value": [value]} if {
	some vmid, g in lxc.containers
	some [name, fallback] in [["memory", "512"], ["swap", "0"]]
	text := _text(g, name, fallback)
	regex.match(_number, text)
	some [key, value] in _memory(name, to_number(text))
}

_memory("memory", size) := [["lxc.cgroup2.memory.max", sprintf("%d", [floor(size * 1048576)])], ["lxc.cgroup2.memory.high", sprintf("%d", [_high(size)])]]

_memory("swap", size) := [["lxc.cgroup2.memory.swap.max", sprintf("%d", [floor(size * 1048576)])]]

_high(size) := floor((size - 128) * 1048576) if {
	size >= 16384
} else := floor(size * 1040384)

parts contains {"at": [g.config.cpulimit.at], "document": lxc.document(vmid), "path": ["lxc.cgroup2.cpu.max"], "value": [_share(g.config.cpulimit.property.value)]} if {
	some vmid, g in lxc.containers
	regex.match(_number, g.config.cpulimit.property.value)
}

# No limit is a limit of 0.
_share(text) := sprintf("%d 100000", [floor(to_number(text) * 100000)]) if {
	to_number(text) > 0
} else := "max 100000"

parts contains {"at": [g.config.cpuunits.at], "document": lxc.document(vmid), "path": ["lxc.cgroup2.cpu.weight"], "value": [sprintf("%d", [min({10000, max({1, to_number(g.config.cpuunits.property.value)})})])]} if {
	some vmid, g in lxc.containers
	regex.match(`^[0-9]{1,9}$`, g.config.cpuunits.property.value)
}

_threads := input.hardware.cpu.threads

_cores[vmid] := min({_threads, to_number(text)}) if {
	_threads > 0
	some vmid, g in lxc.containers
	text := g.config.cores.property.value
	regex.match(`^[1-9][0-9]{0,3}$`, text)
}

_first[vmid] := sum([n | some other, n in _cores; other < vmid]) if some vmid, _ in _cores

parts contains {"at": [lxc.containers[vmid].config.cores.at], "document": lxc.document(vmid), "path": ["lxc.cgroup2.cpuset.cpus"], "value": [concat(",", [sprintf("%d", [n]) | some n in sort(set)])]} if {
	some vmid, cores in _cores
	not lxc.has(vmid, "lxc.cgroup2.cpuset.cpus")
	set := {n | some i in numbers.range(0, cores - 1); n := (_first[vmid] + i) % _threads}
}

# A set of its own stands.
parts contains {"at": [g.config.cores.at], "document": lxc.document(vmid), "path": ["lxc.cgroup2.cpuset.cpus"], "value": []} if {
	some vmid, g in lxc.containers
	g.config.cores
	lxc.has(vmid, "lxc.cgroup2.cpuset.cpus")
}

# Where nobody has counted the processors, a share stands for the set.
parts contains {"at": [g.config.cores.at], "document": lxc.document(vmid), "path": ["lxc.cgroup2.cpu.max"], "value": [_share(text)]} if {
	not _threads
	some vmid, g in lxc.containers
	not g.config.cpulimit
	text := g.config.cores.property.value
	regex.match(`^[1-9][0-9]{0,3}$`, text)
}
