# METADATA
# scope: package
# title: Addresses that the host asks for
# description: |
#  The network of a container that runs one program is set up from outside. A
#  fixed address is in its configuration. For one that a DHCP server gives, PVE
#  runs a client in the network of the container; here a unit beside that of the
#  container does so, and ends with it.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Roadmap#Proxmox_VE_9.1
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/LXC.pm
#   - https://udhcp.busybox.net/README.udhcpc
package rules.containers.host_managed

import data.lib.facts
import data.lib.lxc

_cards contains {"vmid": vmid, "n": n, "at": card.at, "name": name} if {
	some vmid in lxc.ready
	some n, card in lxc.cards[vmid]
	card.bridge != ""
	facts.truthy(facts.field(card.property, "host-managed"))
	facts.field(card.property, "ip") == "dhcp"
	name := facts.field(card.property, "name")
	regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$`, name)
}

_unit(c) := sprintf("lxc-%d", [c.vmid])

settings contains {"at": [c.at], "option": ["systemd", "services", sprintf("%s-net%s", [_unit(c), c.n]), key], "value": value} if {
	some c in _cards
	container := sprintf("%s.service", [_unit(c)])
	some key, value in {
		"description": sprintf("DHCP for card %s of LXC container %d", [c.n, c.vmid]),
		"bindsTo": [container],
		"after": [container],
		"wantedBy": [container],
		"path": [{"_ref": ["pkgs", name]} | some name in ["busybox", "iproute2", "lxc", "util-linux"]],
		"serviceConfig": {"Restart": "on-failure", "RestartSec": 5},
		"script": concat("\n", [
			sprintf("lxc-wait -n %d -s RUNNING -t 60", [c.vmid]),
			sprintf("exec nsenter --net=\"/proc/$(lxc-info -n %d -pH)/ns/net\" busybox udhcpc -f -i %s -s /etc/lxc/udhcpc\n", [c.vmid, c.name]),
		]),
	}
}

# What a server answers is text of a stranger.
settings contains {"at": sort({c.at | some c in _cards}), "option": ["environment", "etc", "lxc/udhcpc"], "value": {"mode": "0755", "text": concat("\n", [
	"#!/bin/sh",
	"case $1 in",
	"deconfig)",
	`  ip link set "$interface" up`,
	`  ip -4 addr flush dev "$interface"`,
	"  ;;",
	"bound | renew)",
	`  ip -4 addr replace "$ip/${mask:-24}" dev "$interface"`,
	`  test -z "$router" || ip -4 route replace default via "${router%% *}" dev "$interface"`,
	"  ;;",
	"esac\n",
])}} if {
	count(_cards) > 0
}

bridges contains {"at": [c.at], "bridge": "container", "params": {"vmid": c.vmid, "card": sprintf("net%s", [c.n])}} if some c in _cards
