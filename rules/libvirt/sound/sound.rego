# METADATA
# scope: package
# title: Sound cards of domains
# description: The same card in the same slot; what it plays goes to SPICE or nowhere, as before.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#sound-devices
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_audio_device
package rules.libvirt.sound

import data.lib.domains
import data.lib.facts
import data.lib.pcibus

parts contains {"at": [p.at], "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	p := g.config.audio0
	card := _cards[facts.field(p.property, "device")]
	some [path, value] in [
		[["devices", "sounds", "audio0"], object.union(card, {"audio": {"id": 1}, "address": pcibus.address(vmid, "audio0")})],
		[["devices", "audios", "audio0"], {"id": 1, "type": _driver(g, p.property)}],
	]
}

_cards := {
	"AC97": {"model": "ac97"},
	"ich9-intel-hda": {"model": "ich9", "codec": [{"type": "micro"}, {"type": "duplex"}]},
	"intel-hda": {"model": "ich6", "codec": [{"type": "micro"}, {"type": "duplex"}]},
}

# libvirt takes SPICE as a target only where there is SPICE.
_driver(g, property) := "none" if {
	facts.field(property, "driver") == "none"
} else := "spice" if {
	domains.spice(g)
} else := "none"
