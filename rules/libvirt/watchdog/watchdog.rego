# METADATA
# scope: package
# title: Watchdogs of domains
# description: The same card in the same slot, and the same action.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#watchdog-devices
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.watchdog

import data.lib.domains
import data.lib.facts
import data.lib.pcibus

parts contains {"at": [p.at], "document": domains.document(vmid), "path": ["devices", "watchdog"], "value": object.union({"model": _model(p.property), "action": _action(p.property)}, _place(vmid, p.property))} if {
	some vmid, g in domains.list
	p := g.config.watchdog
}

_model(property) := "ib700" if {
	facts.field(property, "model") == "ib700"
} else := "i6300esb"

# QEMU resets where nothing is said; debug of PVE only writes a line.
_action(property) := action if {
	action := facts.field(property, "action")
	action in {"none", "pause", "poweroff", "reset", "shutdown"}
} else := "none" if {
	facts.field(property, "action") == "debug"
} else := "reset"

# The old card is no device of PCI.
_place(vmid, property) := {"address": pcibus.address(vmid, "watchdog")} if {
	_model(property) == "i6300esb"
} else := {}
