# METADATA
# title: Encrypted devices of crypttab
# description: |
#  Those that the initial RAM disk opens because the root lies on them, and
#  the others, each with what opens it.
package lib.luks

import data.lib.disks
import data.lib.facts

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

# METADATA
# title: Devices that systemd opens later as it does on PVE
# description: index → {name, device, key, options}; key is none for a passphrase.
kept[i] := {"name": c.name, "device": device, "key": key, "options": c.options} if {
	some i, c in late
	not _early(c)
	_name(c.name)
	device := disks.device_of(c.device)
	key := _key(object.get(c, "key_file", "none"))
	every option in c.options {
		regex.match(`^(luks[12]?|plain|bitlk|tcrypt|discard|nofail|noauto|_netdev|readonly|read-only|same-cpu-crypt|submit-from-crypt-cpus|no-read-workqueue|no-write-workqueue|swap|(tries|timeout|cipher|hash|size|offset|skip|key-slot|sector-size)=[A-Za-z0-9:._-]+|x-[A-Za-z0-9.=/_-]+)$`, option)
	}
}

_key(word) := "none" if word in {"none", "-", ""}

# A blank ends the field, and a colon begins the device that holds the file.
_key(path) := path if {
	facts.plain_path(path)
	not regex.match(`[ ,:=]`, path)
}
