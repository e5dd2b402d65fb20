# METADATA
# scope: package
# title: Network cards of domains
# description: |
#  Each card keeps its model, address, slot, queues and MTU, and is plugged into the
#  same bridge. A tag becomes a VLAN of libvirt, which sets it on bridges of Open
#  vSwitch and, from version 11 on, on bridges of the kernel. The limit of a rate
#  holds for both directions.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#network-interfaces
#   - https://libvirt.org/news.html#v11-0-0-2025-01-15
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
package rules.libvirt.cards

import data.lib.domaincards
import data.lib.domains
import data.lib.facts
import data.lib.network
import data.lib.pcibus

parts contains {"at": [c.at], "document": domains.document(vmid), "path": ["devices", "interfaces", key], "value": value} if {
	some vmid, cards in domaincards.list
	some key, c in cards
	value := object.union_n([
		_connection(c),
		{"model": {"type": c.model}, "alias": {"name": concat("", ["ua-", key])}},
		{"mac": {"address": c.mac} | c.mac},
		{"address": address |
			c.model != "ne2k_isa"
			address := pcibus.address(vmid, key)
		},
		{"driver": driver | driver := _driver(vmid, c); count(driver) > 0},
		{"mtu": {"size": domaincards.mtu(c)} | _told(vmid, c)},
		{"link": {"state": "down"} | facts.truthy(facts.field(c.property, "link_down"))},
		_rate(c),
	])
}

# Without a bridge PVE gives the guest a network behind QEMU itself.
_connection(c) := {"type": "user"} if {
	not c.bridge
} else := {"type": "bridge", "source": {"bridge": domaincards.own_bridge(c)}} if {
	domaincards.own_bridge(c)
} else := object.union_n([
	{"type": "bridge", "source": {"bridge": c.bridge}},
	{"virtualport": {"type": "openvswitch"} | network.interfaces[c.bridge].kind == "ovs-bridge"},
	{"vlan": vlan | vlan := domaincards.vlan(c)},
])

# Machines of 10.0+pve1 and later are told their MTU, others only where it is not the usual one.
_told(vmid, c) if {
	c.model == "virtio"
	c.bridge
	domains.at_least(domains.list[vmid], 10000, 1)
}

_told(_, c) if {
	c.model == "virtio"
	c.bridge
	domaincards.mtu(c) != 1500
}

_driver(vmid, c) := {name: value |
	c.model == "virtio"
	some name, value in object.union(_queues(vmid, c), _sizes(vmid))
}

_queues(vmid, c) := {"name": "vhost", "queues": to_number(text), "packed": true} if {
	text := facts.field(c.property, "queues")
	regex.match(_several, text)
	_new(vmid)
} else := {"name": "vhost", "queues": to_number(text)} if {
	text := facts.field(c.property, "queues")
	regex.match(_several, text)
} else := {"name": "vhost"}

_several := `^([2-9]|[1-9][0-9])$`

_sizes(vmid) := {"rx_queue_size": 1024} if {
	_new(vmid)
} else := {}

# Machines before QEMU 7.1 have short rings.
_new(vmid) if domains.at_least(domains.list[vmid], 7001, 0)

# Megabytes a second; libvirt counts in KiB.
_rate(c) := {"bandwidth": {"inbound": {"average": amount, "burst": 1024}, "outbound": {"average": amount, "burst": 1024}}} if {
	text := facts.field(c.property, "rate")
	regex.match(`^[0-9]{1,6}(\.[0-9]{1,4})?$`, text)
	amount := floor(to_number(text) * 1024)
	amount > 0
} else := {}
