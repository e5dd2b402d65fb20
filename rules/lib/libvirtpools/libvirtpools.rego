# METADATA
# title: Storages of PVE as pools of libvirt
# description: Which storages of this node can be pools, and which cannot.
package lib.libvirtpools

import data.lib.facts
import data.lib.guard

# METADATA
# title: Storages that this node uses
# description: Not switched off, and not kept for other nodes.
used[id] := s if {
	some id, s in facts.storages
	not _off(s)
	not _elsewhere(s)
}

_off(s) if facts.truthy(s.properties.disable.property.value)

_elsewhere(s) if {
	nodes := s.properties.nodes.property.value
	not input.host.name in {trim_space(n) | some n in split(nodes, ",")}
}

# METADATA
# title: Whether a storage holds a kind of content
holds(s, kind) if kind in {trim_space(c) | some c in split(s.properties.content.property.value, ",")}

holds(s, "images") if {
	not s.properties.content
	s.section.type in {"lvm", "lvmthin", "rbd", "zfspool"}
}

_name(id) if regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, id)

_folders := {"btrfs", "cephfs", "cifs", "dir", "glusterfs", "nfs"}

_path(s) := path if {
	path := trim_suffix(s.properties.path.property.value, "/")
	facts.plain_path(path)
} else := sprintf("/mnt/pve/%s", [s.section.id]) if {
	s.section.type != "dir"
}

_at(s, keys) := sort(array.concat([s.at], [s.properties[key].at | some key in keys]))

# METADATA
# title: Pools by name
# description: "name → {type, path, source, at}"
list[id] := {"type": "dir", "path": sprintf("%s/images", [_path(s)]), "source": {}, "at": _at(s, ["path"])} if {
	some id, s in used
	_name(id)
	s.section.type in _folders
	holds(s, "images")
}

list[name] := {"type": "dir", "path": sprintf("%s/template/iso", [_path(s)]), "source": {}, "at": _at(s, ["path"])} if {
	some id, s in used
	_name(id)
	s.section.type in _folders
	holds(s, "iso")
	name := sprintf("%s-iso", [id])
	not used[name]
}

list[id] := {"type": "zfs", "path": sprintf("/dev/zvol/%s", [pool]), "source": {"name": pool}, "at": _at(s, ["pool"])} if {
	some id, s in used
	_name(id)
	s.section.type == "zfspool"
	holds(s, "images")
	pool := s.properties.pool.property.value
	regex.match(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9_.:-]+)*$`, pool)
}

list[id] := {"type": "logical", "path": sprintf("/dev/%s", [group]), "source": {"name": group, "format": {"type": "lvm2"}}, "at": _at(s, ["vgname"])} if {
	some id, s in used
	_name(id)
	s.section.type in {"lvm", "lvmthin"}
	holds(s, "images")
	group := s.properties.vgname.property.value
	guard.volume_group(group)
	not _shared(s)
	not _taken(id, group)
}

# Starting such a pool switches on all volumes of the group, also those that other hosts use and change.
_shared(s) if facts.truthy(s.properties.shared.property.value)

# Of several storages on one volume group the first is a pool.
_taken(id, group) if {
	some other, s in used
	other < id
	s.section.type in {"lvm", "lvmthin"}
	s.properties.vgname.property.value == group
	holds(s, "images")
}

# METADATA
# title: Storages with images that are no pool
# description: id → storage
without[id] := s if {
	some id, s in used
	holds(s, "images")
	not list[id]
}
