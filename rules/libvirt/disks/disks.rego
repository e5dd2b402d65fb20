# METADATA
# scope: package
# title: Disks and CD drives of domains
# description: |
#  Each drive becomes a disk of libvirt with the same image, bus, address and ways
#  of input and output. What PVE does by itself is said: no cache of the host,
#  io_uring where the storage bears it, detection of zeroes. A SCSI disk without a
#  serial number gets PVE's name for it as one, since guests find it below
#  /dev/disk/by-id by that name.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/Drive.pm
#   - https://gitlab.com/libvirt/libvirt/-/blob/master/src/qemu/qemu_command.c
package rules.libvirt.disks

import data.lib.domaindisks
import data.lib.domains
import data.lib.facts

parts contains {"at": [d.at], "document": domains.document(vmid), "path": ["devices", "disks", key], "value": value} if {
	some vmid, list in domaindisks.drives
	some key, d in list
	value := _disk(vmid, key, d)
}

parts contains {"at": sort([domaindisks.drives[vmid][key].at | some key, _ in keys]), "document": domains.document(vmid), "path": ["iothreads"], "value": count(keys)} if {
	some vmid, keys in domaindisks.threads
	count(keys) > 0
}

_disk(vmid, key, d) := object.union_n([
	{"type": image.type, "device": _device(d, image), "source": image.source, "driver": object.union(_driver(vmid, key, d, image), {"name": "qemu", "type": image.format})},
	_front(vmid, key, d),
	_tuned(d.property),
]) if {
	image := domaindisks.image(d.property)
} else := object.union({"type": "file", "device": "cdrom", "driver": {"name": "qemu", "type": "raw"}}, _front(vmid, key, d)) if {
	domaindisks.empty(d)
}

_device(d, image) := "cdrom" if {
	d.cdrom
} else := "lun" if {
	d.bus == "scsi"
	image.storage == "path"
	image.type == "block"
	facts.truthy(facts.field(d.property, "scsiblock"))
} else := "disk"

# What the guest sees.
_front(vmid, key, d) := object.union_n([
	{"target": object.union({"dev": domaindisks.target(vmid, d), "bus": domaindisks.bus(vmid, d)}, _rotation(d)), "alias": {"name": concat("", ["ua-", key])}},
	{"address": address | address := domaindisks.address(vmid, key, d)},
	_serial(key, d),
	{name: value |
		some name in ["vendor", "product"]
		d.bus == "scsi"
		value := facts.field(d.property, name)
		regex.match(`^[ -~]{1,16}$`, value)
	},
	{"wwn": lower(trim_prefix(wwn, "0x")) |
		wwn := facts.field(d.property, "wwn")
		d.bus != "virtio"
		regex.match(`^0x[0-9A-Fa-f]{16}$`, wwn)
	},
	{"readonly": true | d.cdrom},
	{"readonly": true | facts.truthy(facts.field(d.property, "ro")); d.bus in {"scsi", "virtio"}},
])

_rotation(d) := {"rotation_rate": 1} if {
	facts.truthy(facts.field(d.property, "ssd"))
	d.bus != "virtio"
	not d.cdrom
} else := {}

_serial(key, d) := {"serial": serial} if {
	serial := facts.field(d.property, "serial")
	regex.match(domaindisks.plain_serial, serial)
} else := {"serial": concat("", ["drive-", key])} if {
	d.bus == "scsi"
	not d.cdrom
	not facts.field(d.property, "serial")
} else := {}

# How QEMU reaches the image.
_driver(vmid, key, d, image) := object.union_n([
	{"cache": _cache(d) | _cache(d)},
	{"io": _aio(d, image) | image.type != "network"},
	{"discard": "unmap" | facts.field(d.property, "discard") == "on"; not d.cdrom},
	{"detect_zeroes": _zeroes(d.property) | not d.cdrom},
	{"iothread": domaindisks.threads[vmid][key] | d.bus == "virtio"; domaindisks.threads[vmid][key]},
	{"error_policy": word |
		word := {"enospc": "enospace", "ignore": "ignore", "report": "report", "stop": "stop"}[facts.field(d.property, "werror")]
	},
	{"rerror_policy": word |
		word := facts.field(d.property, "rerror")
		word in {"ignore", "report", "stop"}
	},
])

_cache(d) := mode if {
	mode := {"directsync": "directsync", "none": "none", "off": "none", "unsafe": "unsafe", "writeback": "writeback", "writethrough": "writethrough"}[facts.field(d.property, "cache")]
} else := "none" if {
	not d.cdrom
	not _copies_on_write(d)
} else := "writeback" if not d.cdrom

_copies_on_write(d) if {
	s := _storage(d)
	s.section.type == "btrfs"
	not _in_place(s)
}

_in_place(s) if facts.truthy(s.properties.nocow.property.value)

_storage(d) := facts.storages[split(domaindisks.volume(d.property), ":")[0]]

_aio(d, image) := mode if {
	mode := facts.field(d.property, "aio")
	mode in {"io_uring", "native", "threads"}
} else := "io_uring" if {
	not _hangs(image)
} else := "native" if {
	_cache(d) in {"directsync", "none"}
} else := "threads"

# Storages on which PVE found io_uring to hang.
_hangs(image) if image.storage in {"cifs", "lvm"}

_zeroes(property) := "off" if {
	facts.field(property, "detect_zeroes") in {"0", "no", "off", "false"}
} else := "unmap" if {
	facts.field(property, "discard") == "on"
} else := "on"

_tuned(property) := {"iotune": limits} if {
	limits := {limit.name: amount |
		some f in property.fields
		limit := data.catalog.libvirt_limits[f.name]
		regex.match(`^[0-9]{1,9}(\.[0-9]{1,6})?$`, f.value)
		amount := floor(to_number(f.value) * limit.factor)
		amount > 0
	}
	count(limits) > 0
} else := {}
