# METADATA
# scope: package
# title: Network cards of containers
# description: |
#  Makes a veth pair of the same name for each card and plugs it into the
#  bridge of the same name, with MAC address, MTU and VLAN tag. A card that is
#  switched off is plugged into nothing. Rates and trunks are set by a script
#  when the card comes up. Addresses are in the files of the container, except
#  those that PVE configures from outside.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/LXC.pm
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.lxc_cards

import data.lib.facts
import data.lib.lxc
import data.lib.network

parts contains {"at": [card.at], "document": lxc.document(vmid), "path": [sprintf("lxc.net.%s", [n])], "value": lines} if {
	some vmid, cards in lxc.cards
	some n, card in cards
	lines := [{key: value} |
		some [key, value] in array.concat(
			[["type", "veth"], ["veth.pair", sprintf("veth%di%s", [vmid, n])]],
			array.concat(_line(vmid, n, card), _outside(card)),
		)
		value != ""
	]
}

_line(vmid, n, card) := [
	["link", card.bridge],
	["veth.vlan.id", card.tag],
	["hwaddr", _field(card.property, "hwaddr", `^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$`)],
	["name", _field(card.property, "name", `^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$`)],
	["mtu", _field(card.property, "mtu", `^[1-9][0-9]{1,4}$`)],
	["script.up", _script(vmid, n, card)],
]

_field(property, name, form) := text if {
	text := facts.field(property, name)
	regex.match(form, text)
} else := ""

_script(vmid, n, card) := sprintf("/etc/%s", [_name(vmid, n)]) if {
	_finished(card)
} else := ""

_name(vmid, n) := sprintf("lxc/%d-net%s-up", [vmid, n])

_finished(card) if {
	card.up != []
	card.bridge != ""
}

settings contains {"at": [card.at], "option": ["environment", "etc", _name(vmid, n)], "value": {
	"mode": "0755",
	"text": concat("\n", array.concat(["#!/bin/sh", "set -eu"], array.concat(card.up, [""]))),
}} if {
	some vmid, cards in lxc.cards
	some n, card in cards
	_finished(card)
}

# The network of an application container, which has nothing inside that would set it up.
_outside(card) := [
	["ipv4.address", _address(card.property, "ip")],
	["ipv4.gateway", _gateway(card.property, "gw")],
	["ipv6.address", _address(card.property, "ip6")],
	["ipv6.gateway", _gateway(card.property, "gw6")],
	["flags", "up"],
] if {
	facts.truthy(facts.field(card.property, "host-managed"))
	card.bridge != ""
} else := []

_address(property, name) := text if {
	text := facts.field(property, name)
	network.cidr(text)
} else := ""

_gateway(property, name) := text if {
	text := facts.field(property, name)
	network.ip(text)
} else := ""
