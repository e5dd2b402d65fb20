# METADATA
# scope: package
# title: Displays of domains
# description: |
#  The graphics card, and how people see it: VNC for all of them, SPICE beside it
#  where PVE offers it, both on the host alone. A guest whose display is a serial
#  port or a card of the host has neither.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#graphical-framebuffers
#   - https://libvirt.org/formatdomain.html#video-devices
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_display
package rules.libvirt.display

import data.lib.domains
import data.lib.facts
import data.lib.pcibus

_at(g) := domains.at(g, ["vga", "ostype"])

_shown[vmid] := g if {
	some vmid, g in domains.list
	regex.match(`^(std|cirrus|vmware|qxl[234]?|virtio|virtio-gl)$`, domains.display(g))
}

# One card; Windows with several screens has one for each.
parts contains {"at": _at(g), "document": domains.document(vmid), "path": ["devices", "videos", "vga"], "value": object.union({"model": object.union(_model(g), {"primary": true})}, _place(vmid, g))} if {
	some vmid, g in _shown
}

parts contains {"at": _at(g), "document": domains.document(vmid), "path": ["devices", "videos", name], "value": {"model": _model(g), "address": pcibus.address(vmid, name)}} if {
	some vmid, g in _shown
	domains.windows(g) > 0
	some i in numbers.range(1, _screens(g) - 1)
	i < _screens(g)
	name := sprintf("vga%d", [i])
}

parts contains {"at": _at(g), "document": domains.document(vmid), "path": ["devices", "videos", "vga", "model"], "value": {"type": "none"}} if {
	some vmid, g in domains.list
	not _shown[vmid]
}

_screens(g) := to_number(trim_prefix(domains.display(g), "qxl")) if {
	regex.match(`^qxl[234]$`, domains.display(g))
} else := 1

_place(vmid, g) := {"address": pcibus.place(0, 1, 0)} if {
	domains.q35(g)
	vmid
} else := {"address": pcibus.address(vmid, "vga")}

# Memory is MiB at PVE and KiB in libvirt.
_model(g) := {"type": "qxl", "vgamem": n * 1024, "ram": n * 4096, "vram": n * 2048} if {
	startswith(domains.display(g), "qxl")
	n := _memory(g)
} else := {"type": "qxl", "ram": 131072, "vram": 65536, "heads": 4} if {
	_screens(g) > 1
	domains.windows(g) == 0
} else := {"type": "qxl"} if {
	startswith(domains.display(g), "qxl")
} else := {"type": "virtio", "acceleration": {"accel3d": true}} if {
	domains.display(g) == "virtio-gl"
} else := {"type": "virtio"} if {
	domains.display(g) == "virtio"
} else := {"type": kind, "vram": n * 1024} if {
	kind := _kinds[domains.display(g)]
	n := _memory(g)
} else := {"type": _kinds[domains.display(g)]}

_kinds := {"cirrus": "cirrus", "std": "vga", "vmware": "vmvga"}

_memory(g) := n if {
	n := domains.whole(facts.field(g.config.vga.property, "memory"))
	n >= 4
	n <= 512
}

parts contains {"at": domains.at(g, ["vga", "keyboard"]), "document": domains.document(vmid), "path": ["devices", "graphics", kind], "value": value} if {
	some vmid, g in _shown
	some kind, value in _graphics(g)
}

_graphics(g) := object.union_n([{"vnc": object.union(_local("vnc"), _keymap(g))}, _spice(g), _gl(g)])

_local(kind) := {"type": kind, "autoport": true, "listens": [{"type": "address", "address": "127.0.0.1"}]}

_keymap(g) := {"keymap": name} if {
	name := domains.value(g, "keyboard")
	regex.match(`^[a-z]{2}(-[a-z]{2})?$`, name)
} else := {}

_spice(g) := {"spice": object.union(_local("spice"), _streaming(g))} if {
	domains.spice(g)
} else := {}

_streaming(g) := {"streaming": {"mode": mode}} if {
	mode := facts.field(g.config.spice_enhancements.property, "videostreaming")
	mode in {"all", "filter", "off"}
} else := {}

_gl(g) := {"egl": {"type": "egl-headless"}} if {
	domains.display(g) == "virtio-gl"
} else := {}

# Clipboard and folders go through channels.
parts contains {"at": domains.at(g, ["vga", "spice_enhancements"]), "document": domains.document(vmid), "path": ["devices", "channels", name], "value": value} if {
	some vmid, g in _shown
	some name, value in _channels(g)
}

parts contains {"at": domains.at(g, ["vga", "spice_enhancements"]), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in _shown
	count(_channels(g)) > 0
	some [path, value] in array.concat(
		[[["devices", "controllers", "spice"], {"type": "virtio-serial", "index": _adapter(g), "address": pcibus.address(vmid, "spice")}]],
		[[["devices", "channels", name, "address"], {"type": "virtio-serial", "controller": format_int(_adapter(g), 10), "bus": "0", "port": _ports[name]}] |
			some name, _ in _channels(g)
		],
	)
}

_ports := {"vdagent": "1", "webdav": "2"}

# The first is that of the guest agent.
_adapter(g) := 1 if {
	domains.agent(g)
} else := 0

_channels(g) := object.union(_agent(g), _folders(g))

_agent(g) := {"vdagent": {"type": "qemu-vdagent", "clipboard": {"copypaste": true}, "target": {"type": "virtio", "name": "com.redhat.spice.0"}}} if {
	facts.field(g.config.vga.property, "clipboard") == "vnc"
} else := {"vdagent": {"type": "spicevmc", "target": {"type": "virtio", "name": "com.redhat.spice.0"}}} if {
	domains.spice(g)
} else := {}

_folders(g) := {"webdav": {"type": "spiceport", "source": {"channel": "org.spice-space.webdav.0"}, "target": {"type": "virtio", "name": "org.spice-space.webdav.0"}}} if {
	domains.spice(g)
	facts.truthy(facts.field(g.config.spice_enhancements.property, "foldersharing"))
} else := {}

# A pointer without acceleration; SPICE has its own.
parts contains {"at": domains.at(g, ["tablet"]), "document": domains.document(vmid), "path": ["devices", "inputs", "tablet"], "value": {"type": "tablet", "bus": "usb"}} if {
	some vmid, g in domains.list
	_tablet(g)
}

_tablet(g) if domains.on(g, "tablet")

_tablet(g) if {
	not g.config.tablet
	not regex.match(`^(qxl|serial)`, domains.display(g))
}
