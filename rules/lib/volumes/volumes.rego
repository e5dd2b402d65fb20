# METADATA
# title: Volumes of the guests of this node
# description: |
#  Which storages the disks, media and scripts of guests lie on, and which
#  of these storages are only a directory of PVE's own root, that the new
#  root does not have.
package lib.volumes

import data.lib.disks
import data.lib.facts

# METADATA
# title: Disks and media by guest
# description: |
#  {vmid, key, at, storage, volume, kind}; kind is disk, media or cloudinit,
#  which is made anew at each start. Paths, empty drives and detached
#  volumes are not in here.
list contains {"vmid": vmid, "key": key, "at": p.at, "storage": storage, "volume": volume, "kind": _kind(p.property, volume)} if {
	some vmid, g in facts.guests
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio|efidisk|tpmstate|rootfs|mp)[0-9]*$`, key)
	some name in ["file", "volume"]
	volume := facts.field(p.property, name)
	storage := storage_of(volume)
}

# METADATA
# title: The storage of a volume
# description: Undefined for a path and for an empty drive.
storage_of(volume) := found[0][1] if {
	found := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9_.-]*):.`, volume, 1)
	count(found) == 1
}

_kind(property, volume) := "cloudinit" if {
	contains(volume, "cloudinit")
} else := "media" if {
	facts.field(property, "media") == "cdrom"
} else := "disk"

# METADATA
# title: Storages that are directories of PVE's root
# description: |
#  id → path. Only where the mounts of the host are known; a storage that
#  must be a mount point of its own is not in here.
on_root[id] := path if {
	some id, s in disks.storages
	s.section.type in {"btrfs", "dir"}
	not guarded(s)
	path := s.properties.path.property.value
	lies_on_root(path)
}

# METADATA
# title: Whether a path is on PVE's root
# description: False where the mounts of the host are not known.
lies_on_root(path) if {
	"storage.mounts" in facts.known
	facts.plain_path(path)
	not _mounted(path)
}

# METADATA
# title: A directory that counts only while something is mounted there
# description: "The property is yes, no, or the path of the mount."
guarded(s) if not lower(s.properties.is_mountpoint.property.value) in {"0", "false", "no", "off"}

_mounted(path) if {
	some m in input.storage.mounts
	_below(path, m.target)
}

_mounted(path) if {
	some f in input.storage.fstab
	_below(path, f.file)
}

_below(path, target) if {
	startswith(target, "/")
	target != "/"
	startswith(concat("", [path, "/"]), concat("", [trim_suffix(target, "/"), "/"]))
}
