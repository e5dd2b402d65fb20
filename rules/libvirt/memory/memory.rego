# METADATA
# scope: package
# title: Memory of domains
# description: |
#  How much memory a guest has, which pages it comes from, how it is spread over
#  nodes of the guest and of the host, and whether some can be taken back.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#memory-allocation
#   - https://libvirt.org/formatdomain.html#numa-node-tuning
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/Memory.pm
package rules.libvirt.memory

import data.lib.domains
import data.lib.facts
import data.lib.pcibus

parts contains {"at": domains.at(g, at), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [at, path, value] in [
		[["memory"], ["memory"], {"unit": "MiB", "value": domains.memory(g)}],
		[["memory"], ["current_memory"], {"unit": "MiB", "value": domains.memory(g)}],
		[["balloon"], ["devices", "memballoon"], _balloon(g)],
	]
}

_balloon(g) := {"model": "none"} if {
	domains.value(g, "balloon") == "0"
} else := {"model": "virtio", "free_page_reporting": false, "stats": {"period": 2}} if {
	domains.series(g) < 6002
} else := {"model": "virtio", "free_page_reporting": true, "stats": {"period": 2}}

parts contains {"at": [g.at], "document": domains.document(vmid), "path": ["devices", "memballoon", "address"], "value": pcibus.address(vmid, "balloon0")} if {
	some vmid, g in domains.list
	_balloon(g).model == "virtio"
}

parts contains {"at": [g.config["allow-ksm"].at], "document": domains.document(vmid), "path": ["memory_backing", "nosharepages"], "value": true} if {
	some vmid, g in domains.list
	domains.off(g, "allow-ksm")
}

parts contains {"at": domains.at(g, ["hugepages", "keephugepages"]), "document": domains.document(vmid), "path": ["memory_backing", "hugepages"], "value": value} if {
	some vmid, g in domains.list
	value := {"2": {"pages": [{"size": 2, "unit": "M"}]}, "1024": {"pages": [{"size": 1, "unit": "G"}]}, "any": {}}[domains.value(g, "hugepages")]
}

# Nodes as the configuration has them: {key, cpus, memory}.
_nodes[vmid] := [object.union(node, {"key": key}) |
	some i in numbers.range(0, 7)
	key := sprintf("numa%d", [i])
	node := _node(g.config[key].property)
] if {
	some vmid, g in domains.list
	domains.on(g, "numa")
}

_node(property) := {"cpus": replace(facts.field(property, "cpus"), ";", ","), "memory": domains.whole(facts.field(property, "memory")), "hosts": _hosts(property)} if {
	regex.match(`^[0-9]+(-[0-9]+)?(;[0-9]+(-[0-9]+)?)*$`, facts.field(property, "cpus"))
}

# Nodes of the host, with the word of libvirt for the policy.
_hosts(property) := [{"mode": mode, "nodeset": replace(nodes, ";", ",")}] if {
	nodes := facts.field(property, "hostnodes")
	regex.match(`^[0-9]+(-[0-9]+)?(;[0-9]+(-[0-9]+)?)*$`, nodes)
	mode := {"bind": "strict", "interleave": "interleave", "preferred": "preferred"}[facts.field(property, "policy")]
} else := []

parts contains {"at": array.concat([g.config.numa.at], [g.config[n.key].at | some n in nodes]), "document": domains.document(vmid), "path": ["cpu", "numa", "cell"], "value": cells} if {
	some vmid, nodes in _nodes
	count(nodes) > 0
	g := domains.list[vmid]
	cells := [{"id": i, "cpus": n.cpus, "memory": n.memory, "unit": "MiB"} | some i, n in nodes]
}

parts contains {"at": sort([g.config[n.key].at | some n in nodes; count(n.hosts) > 0]), "document": domains.document(vmid), "path": ["numatune", "memnode"], "value": list} if {
	some vmid, nodes in _nodes
	g := domains.list[vmid]
	list := [object.union(h, {"cellid": i}) | some i, n in nodes; some h in n.hosts]
	count(list) > 0
}

# Without nodes of its own a guest has one for each socket.
parts contains {"at": [g.config.numa.at], "document": domains.document(vmid), "path": ["cpu", "numa", "cell"], "value": cells} if {
	some vmid, nodes in _nodes
	count(nodes) == 0
	g := domains.list[vmid]
	sockets := domains.sockets(g)
	cores := domains.cores(g)
	cells := [{"id": i, "cpus": sprintf("%d-%d", [i * cores, ((i + 1) * cores) - 1]), "memory": floor((domains.memory(g) * 1024) / sockets), "unit": "KiB"} |
		some i in numbers.range(0, sockets - 1)
	]
}
