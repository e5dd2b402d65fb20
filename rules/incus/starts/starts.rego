# METADATA
# scope: package
# title: Instances start and stop as PVE did it
# description: |
#  The order of starts and their delays, what starts with the host, and how long a
#  guest may take to stop. Incus starts the highest priority first, PVE the lowest
#  order; an instance without a word starts again if it ran before.
# custom:
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/API2/Nodes.pm
package rules.incus.starts

import data.lib.facts
import data.lib.incus

parts contains incus.part(vmid, _at(g, "onboot"), ["config", "boot.autostart"], _started(vmid)) if some vmid, g in incus.instances

_at(g, key) := [g.config[key].at] if {
	true
} else := [g.at]

_started(vmid) := "true" if {
	incus.started(vmid)
} else := "false"

# 180 s is what stopall of PVE gives to guests of either kind.
parts contains incus.part(vmid, _at(g, "startup"), ["config", "boot.host_shutdown_timeout"], _field(g, "down", "180")) if some vmid, g in incus.instances

_field(g, name, otherwise) := sprintf("%d", [incus.number(facts.field(g.config.startup.property, name))]) if {
	true
} else := otherwise

parts contains incus.part(vmid, [g.config.startup.at], ["config", key], text) if {
	some vmid, g in incus.instances
	order := incus.order(g)
	some key, text in {"boot.autostart.priority": sprintf("%d", [1000 - order]), "boot.stop.priority": sprintf("%d", [order])}
}

parts contains incus.part(vmid, [g.config.startup.at], ["config", "boot.autostart.delay"], _field(g, "up", "0")) if {
	some vmid, g in incus.instances
	facts.field(g.config.startup.property, "up")
}

# PVE stops guests without an order first.
parts contains incus.part(vmid, [g.at], ["config", "boot.stop.priority"], "1000") if {
	some vmid, g in incus.instances
	not incus.order(g)
}
