# METADATA
# scope: package
# title: Sources of random numbers of domains
# description: The same source of the host, slot and limit; PVE's limit is 1024 bytes a second where none is set, and 0 is none.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#random-number-generator-device
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/RNG.pm
package rules.libvirt.random_numbers

import data.lib.domains
import data.lib.facts
import data.lib.pcibus

parts contains {"at": [p.at], "document": domains.document(vmid), "path": ["devices", "rngs", "rng0"], "value": value} if {
	some vmid, g in domains.list
	p := g.config.rng0
	source := facts.field(p.property, "source")
	source in {"/dev/hwrng", "/dev/random", "/dev/urandom"}
	value := object.union_n([
		{"model": "virtio", "backend": {"model": "random", "path": source}, "alias": {"name": "ua-rng0"}},
		{"address": address | address := pcibus.address(vmid, "rng0")},
		{"rate": {"bytes": bytes, "period": _number(p.property, "period")} | bytes := _number(p.property, "max_bytes"); bytes > 0},
	])
}

_number(property, name) := domains.whole(facts.field(property, name)) if {
	true
} else := 1024 if {
	name == "max_bytes"
} else := 1000
