# METADATA
# title: The node as PVE sees it
# description: |
#  Which of the host's addresses, guests and services belong to this node of
#  Proxmox VE. Everything is looked up once; nothing is in here that only one
#  rule asks for.
package lib.pve

import data.lib.facts
import data.lib.network
import data.lib.release

# METADATA
# title: The address that other nodes and people reach this node at
# description: |
#  {address, at}; the address that /etc/hosts gives the host's name, as pmxcfs
#  looks it up, else that of corosync's link 0, else that of the interface
#  with the default gateway. Undefined when none is known.
address := {"address": _named[i], "at": sprintf("/network/hosts/%d", [i])} if {
	i := min(object.keys(_named))
} else := {"address": local_node.addresses[0], "at": local_node.at} if {
	network.ip(local_node.addresses[0])
} else := {"address": _gateway_addresses[i], "at": sprintf("/network/interfaces/%d", [i])} if {
	i := min(object.keys(_gateway_addresses))
} else := {"address": _default_addresses[i], "at": sprintf("/network/links/%d", [i])} if {
	i := min(object.keys(_default_addresses))
}

_named[i] := h.address if {
	some i, h in input.network.hosts
	input.host.name in h.names
	network.ip(h.address)
	not network.loopback(h.address)
}

_gateway_addresses[i] := bare(n.addresses[0].cidr) if {
	some i, n in input.network.interfaces
	_has_gateway(n)
	network.ip(bare(n.addresses[0].cidr))
}

_has_gateway(n) if n.gateway

_has_gateway(n) if n.gateway6

_default_addresses[i] := bare(l.addresses[0].cidr) if {
	some i, l in input.network.links
	l.name in _default_interfaces
	network.ip(bare(l.addresses[0].cidr))
}

_default_interfaces contains r.interface if {
	some r in input.network.routes
	r.destination == "default"
}

# METADATA
# title: An address without its prefix length
bare(cidr) := split(cidr, "/")[0]

# METADATA
# title: This node among the members of the cluster
local_node := _locals[0] if count(_locals) > 0

_locals := [object.union(n, {"at": sprintf("/cluster/nodes/%d", [i])}) |
	some i, n in input.cluster.nodes
	n.local
]

# METADATA
# title: Whether the host has other nodes beside it
# description: A folder below /etc/pve/nodes that corosync does not name is a leftover and no node.
clustered if count([n | some n in input.cluster.nodes; object.get(n, "id", 1) > 0]) > 1

# METADATA
# title: Whether the cluster has a quorum device
qdevice if {
	some p in input.cluster.corosync
	startswith(p.key, "quorum.device.")
}

# METADATA
# title: Version of PVE that proxmox-nixos brings
# description: |
#  Two numbers, of pve-manager in the revision that the catalog pins.
# Source: https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
target_version := "9.1"

# METADATA
# title: Whether a guest is a template, which never starts
template(guest) if facts.truthy(guest.config.template.property.value)

# METADATA
# title: Virtual machines of this node that can start
vms[id] := g if {
	some id, g in facts.vms
	not template(g)
}

# METADATA
# title: Containers of this node that can start
containers[id] := g if {
	some id, g in facts.containers
	not template(g)
}

# METADATA
# title: HA resources that are guests of this node
# description: sid (vm:100) → {vmid, type, state, section, index, at}
ha[sid] := {"vmid": vmid, "type": facts.guests[vmid].guest.type, "state": _state(r), "at": sprintf("/cluster/ha_resources/%d", [i]), "index": i, "section": r} if {
	some sid, indexes in _ha_indexes
	i := min(indexes)
	r := input.cluster.ha_resources[i]
	vmid := to_number(r.id)
}

_ha_indexes[sid] contains i if {
	some i, r in input.cluster.ha_resources
	regex.match(`^[1-9][0-9]{2,8}$`, r.id)
	sid := sprintf("%s:%s", [{"qemu": "vm", "lxc": "ct"}[facts.guests[to_number(r.id)].guest.type], r.id])
}

# Source of the default: https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
_state(r) := [p.value | some p in r.properties; p.key == "state"][0] if {
	"state" in {p.key | some p in r.properties}
} else := "started"

# METADATA
# title: HA resources of this node that the HA manager keeps started
ha_active[sid] := r if {
	some sid, r in ha
	r.state in {"enabled", "started"}
}

# METADATA
# title: Numbers as a text
# description: Sorted as numbers, so that 99 comes before 100.
numbers(list) := concat(", ", [sprintf("%d", [n]) | some n in sort(list)])

# METADATA
# title: The name of a guest of this node
# description: hostname of a container, name of a virtual machine; unnamed where there is none
name(vmid) := facts.guests[vmid].config.name.property.value if {
	true
} else := facts.guests[vmid].config.hostname.property.value if {
	true
} else := "unnamed"

# METADATA
# title: Machine versions that virtual machines are pinned to
# description: vmid → {machine, series, at}; series as lib.release.series makes it. Machines without a version are not in here.
machines[vmid] := {"machine": machine, "series": release.series(found[0][1]), "at": p.at} if {
	some vmid, g in vms
	p := g.config.machine
	machine := facts.field(p.property, "type")
	found := regex.find_all_string_submatch_n(`^pc-(?:q35|i440fx)-([0-9]{1,3}\.[0-9]{1,3})(?:\+pve[0-9]+|\.[0-9]+)?$`, machine, 1)
	count(found) == 1
}

# METADATA
# title: Virtual machines backed by huge pages of 1 GiB
huge[vmid] := g if {
	some vmid, g in vms
	g.config.hugepages.property.value == "1024"
}

# METADATA
# title: Whether the kernel command line reserves huge pages of 1 GiB
huge_reserved if {
	some size in input.system.boot.kernel_parameters
	size.key in {"default_hugepagesz", "hugepagesz"}
	upper(size.value) in {"1G", "1GB", "1048576K"}
	some number in input.system.boot.kernel_parameters
	number.key == "hugepages"
}

# METADATA
# title: Lines of the containers of this node by key
# description: "{vmid, key, value, at} for each line that is no secret; keys for LXC itself repeat."
lines contains {"vmid": vmid, "key": p.key, "value": p.value, "at": sprintf("%s/config/%d", [g.at, j])} if {
	some vmid, g in containers
	some j, p in g.guest.config
}
