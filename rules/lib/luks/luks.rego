# METADATA
# title: Encrypted devices of crypttab
# description: |
#  Those that the initial RAM disk opens because the root lies on them, and
#  the others, each with what opens it.
package lib.luks

import data.lib.disks

_name(text) if regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$`, text)

# METADATA
# title: The name of a device with what opens it, for the reader
# description: A path as it stands in crypttab, a passphrase, or something that is no path.
labels[i] := sprintf("%s (%s)", [c.name, _opener(c)]) if some i, c in input.storage.crypttab

_opener(c) := "passphrase" if {
	object.get(c, "key_file", "none") in {"none", "-"}
} else := sprintf("key file %s", [c.key_file]) if {
	startswith(c.key_file, "/")
} else := "a word that is no path"

_early(c) if "initramfs" in c.options

# Debian's hook opens what the root is made of without a word in crypttab: LVM, ZFS or btrfs on LUKS.
_early(c) if concat("", ["/dev/mapper/", c.name]) in _below_root

_below_root contains device if {
	some g in input.storage.volume_groups
	g.root
	some device in g.physical_volumes
}

_below_root contains d.name if {
	some p in input.storage.zfs_pools
	p.root
	some d in p.devices
}

_below_root contains device if {
	some fs in input.storage.btrfs
	"/" in fs.mounts
	some device in fs.devices
}

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
