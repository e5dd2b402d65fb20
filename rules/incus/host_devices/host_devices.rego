# METADATA
# scope: package
# title: Device nodes of containers
# description: |
#  Devices that PVE passes into a container, with owner and mode.
# custom:
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_unix_char/
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_unix_block/
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.incus.host_devices

import data.lib.facts
import data.lib.guard
import data.lib.incus
import data.lib.pve

parts contains incus.device(vmid, [p.at], key, object.union_n([
	{"type": _type(path), "source": path, "path": path},
	_number(p.property, "uid"),
	_number(p.property, "gid"),
	_mode(p.property),
])) if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^dev[0-9]{1,3}$`, key)
	path := facts.field(p.property, "path")
	guard.device(path)
}

_type(path) := "unix-block" if {
	regex.match(`^/dev/(sd|nvme|vd|md|dm-|loop|nbd|rbd|zd|zvol/|mapper/|disk/|sr)`, path)
} else := "unix-char"

_number(property, name) := {name: sprintf("%d", [incus.number(facts.field(property, name))])} if {
	true
} else := {}

_mode(property) := {"mode": mode} if {
	mode := facts.field(property, "mode")
	regex.match(`^0?[0-7]{3}$`, mode)
} else := {}
