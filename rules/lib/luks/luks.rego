# METADATA
# title: Encrypted devices of crypttab
# description: |
#  Those that the initial RAM disk opens because the root lies on them, and
#  the others. crypttab's column of key files is not in the snapshot.
package lib.luks

import data.lib.disks

_name(text) if regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$`, text)

_early(c) if "initramfs" in c.options

_early(c) if {
	some m in input.storage.mounts
	m.target == "/"
	m.source == concat("", ["/dev/mapper/", c.name])
}

# METADATA
# title: Devices that the initial RAM disk opens
# description: index → {at, name, device, discard}
early[i] := {"at": sprintf("/storage/crypttab/%d", [i]), "name": c.name, "device": device, "discard": "discard" in c.options} if {
	some i, c in input.storage.crypttab
	_early(c)
	_name(c.name)
	device := disks.device_of(c.device)
}

# METADATA
# title: Devices that are opened later, or that do not fit
# description: index → line
late[i] := c if {
	some i, c in input.storage.crypttab
	not early[i]
}
