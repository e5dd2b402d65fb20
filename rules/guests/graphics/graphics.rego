# METADATA
# scope: package
# title: Drivers for accelerated displays of guests
# description: |
#  A display of type virtio-gl is drawn by the graphics card of the host. QEMU
#  finds the drivers of Mesa on NixOS only where hardware.graphics puts them.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_display
#   - https://search.nixos.org/options?query=hardware.graphics.enable
package rules.guests.graphics

import data.lib.facts
import data.lib.pve

settings contains {"at": sort(_at), "option": ["hardware", "graphics", "enable"], "value": true} if {
	count(_at) > 0
}

_at contains g.config.vga.at if {
	some g in pve.vms
	facts.field(g.config.vga.property, "type") == "virtio-gl"
}
