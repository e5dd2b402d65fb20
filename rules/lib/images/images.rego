# METADATA
# title: Images of virtual machines as libvirt names them
# description: |
#  Volumes of PVE stay where they are. What a volume is called depends on the
#  type of its storage: a file, a block device, or an image that QEMU reaches over
#  the network.
package lib.images

import data.lib.facts
import data.lib.network
import data.lib.volumes

# METADATA
# title: Where a volume, a path or the medium of a drive is
# description: |
#  {"type": "file" | "block" | "network", "format", "source", "storage"}; source
#  is that of a disk of libvirt, storage the type of PVE's storage, or "path".
#  Undefined for what is no volume, and for what libvirt cannot name.
of(volume) := {"type": "file", "format": format(volume), "source": {"file": path}, "storage": "path"} if {
	facts.plain_path(volume)
	not startswith(volume, "/dev/")
	path := volume
} else := {"type": "block", "format": "raw", "source": {"dev": volume}, "storage": "path"} if {
	facts.plain_path(volume)
	startswith(volume, "/dev/")
} else := {"type": "block", "format": "raw", "source": {"dev": "/dev/cdrom"}, "storage": "path"} if {
	volume == "cdrom"
} else := object.union(_of_storage(s, _name(volume)), {"storage": s.section.type}) if {
	s := facts.storages[volumes.storage_of(volume)]
}

_name(volume) := substring(volume, indexof(volume, ":") + 1, -1)

# METADATA
# title: The format of an image by its name
format(name) := found[0] if {
	found := regex.find_n(`(qcow2|vmdk|qed|vdi|vpc)$`, name, 1)
	endswith(name, concat("", [".", found[0]]))
} else := "raw"

# Folders. Linked clones name their base before themselves.
_of_storage(s, name) := {"type": "file", "format": format(name), "source": {"file": path}} if {
	folder := _folder(s)
	path := concat("", [folder, _file(s, name)])
	facts.plain_path(path)
}

# Volume groups, where PVE 9 also has qcow2.
_of_storage(s, name) := {"type": "block", "format": format(name), "source": {"dev": sprintf("/dev/%s/%s", [group, last])}} if {
	s.section.type in {"lvm", "lvmthin"}
	group := _value(s, "vgname")
	regex.match(`^[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,126}$`, group)
	last := _last(name)
}

_of_storage(s, name) := {"type": "block", "format": "raw", "source": {"dev": sprintf("/dev/zvol/%s/%s", [pool, last])}} if {
	s.section.type == "zfspool"
	pool := _value(s, "pool")
	regex.match(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9_.:-]+)*$`, pool)
	last := _last(name)
}

# Whether PVE mapped the image or not, QEMU reaches it by itself.
_of_storage(s, name) := {"type": "network", "format": "raw", "source": object.union({"protocol": "rbd", "name": concat("/", array.concat(_pool(s), [last]))}, _servers(s))} if {
	s.section.type == "rbd"
	last := _last(name)
	every word in _pool(s) {
		regex.match(`^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,126}$`, word)
	}
}

# The name is channel, id, lun and the name below /dev/disk/by-id.
_of_storage(s, name) := {"type": "block", "format": "raw", "source": {"dev": concat("", ["/dev/disk/by-id/", found[0][1]])}} if {
	s.section.type == "iscsi"
	found := regex.find_all_string_submatch_n(`^[0-9]+\.[0-9]+\.[0-9]+\.([A-Za-z0-9][A-Za-z0-9_.:-]*)$`, name, 1)
	count(found) == 1
}

_of_storage(s, name) := {"type": "network", "format": "raw", "source": object.union(_initiator, {"protocol": "iscsi", "name": concat("/", [target, found[0][1]]), "host": [_host(_value(s, "portal"), 3260)]})} if {
	s.section.type == "iscsidirect"
	found := regex.find_all_string_submatch_n(`^lun([0-9]{1,5})$`, name, 1)
	count(found) == 1
	target := _value(s, "target")
	regex.match(`^[A-Za-z0-9][A-Za-z0-9.:-]{0,222}$`, target)
}

# PVE gives QEMU the name of this host, which targets have in their access lists.
_initiator := {"initiator": {"iqn": {"name": name}}} if {
	name := input.storage.iscsi.initiator_name
	regex.match(`^iqn\.[A-Za-z0-9.:_-]{1,220}$`, name)
} else := {}

_value(s, key) := s.properties[key].property.value

_pool(s) := array.concat([_pool_name(s)], [_value(s, "namespace") | s.properties.namespace])

_pool_name(s) := _value(s, "pool") if {
	true
} else := "rbd"

_last(name) := parts[count(parts) - 1] if {
	parts := split(name, "/")
	regex.match(`^[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,126}$`, parts[count(parts) - 1])
}

# Where a storage of folders is mounted.
_folder(s) := _value(s, "path") if {
	s.section.type in {"btrfs", "cephfs", "cifs", "dir", "glusterfs", "nfs"}
} else := concat("", ["/mnt/pve/", s.section.id]) if s.section.type in {"cephfs", "cifs", "glusterfs", "nfs"}

_file(s, name) := sprintf("/%s/%s", [_subfolder(s, found[0][1]), found[0][2]]) if {
	found := regex.find_all_string_submatch_n(`^(iso|snippets|import)/([^/]+)$`, name, 1)
	count(found) == 1
} else := sprintf("/%s/%s/%s/disk.raw", [_subfolder(s, "images"), found[0][1], trim_suffix(found[0][2], ".raw")]) if {
	s.section.type == "btrfs"
	endswith(name, ".raw")
	found := regex.find_all_string_submatch_n(`(?:^|/)([0-9]+)/([^/]+)$`, name, 1)
	count(found) == 1
} else := sprintf("/%s/%s/%s", [_subfolder(s, "images"), found[0][1], found[0][2]]) if {
	found := regex.find_all_string_submatch_n(`(?:^|/)([0-9]+)/([^/]+)$`, name, 1)
	count(found) == 1
}

_subfolder(s, content) := trim(folder, "/") if {
	some word in split(_value(s, "content-dirs"), ",")
	[content, folder] = split(word, "=")
} else := {"images": "images", "import": "import", "iso": "template/iso", "snippets": "snippets"}[content]

# Where no server is named, QEMU reads /etc/ceph/ceph.conf.
_servers(s) := object.union(_auth(s), {"host": [_host(word, 3300) | some word in hosts]}) if {
	hosts := [word | some word in regex.split(`[ ,;]+`, _value(s, "monhost")); word != ""]
	count(hosts) > 0
} else := object.union(_auth(s), {"config": {"file": "/etc/ceph/ceph.conf"}})

_auth(s) := {"auth": {"username": user, "secret": {"type": "ceph", "usage": secret(s.section.id)}}} if {
	user := client(s)
	regex.match(`^[A-Za-z0-9_.-]{1,64}$`, user)
}

# METADATA
# title: The client of Ceph that a storage names
client(s) := _value(s, "username") if {
	true
} else := "admin"

# METADATA
# title: The name under which libvirt keeps the key of a storage
secret(storage) := concat("", ["pve-storage-", storage])

_host(text, port) := {"name": text, "port": port} if {
	network.ip(text)
} else := {"name": trim(found[0][1], "[]"), "port": to_number(found[0][2])} if {
	found := regex.find_all_string_submatch_n(`^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252}):([0-9]{1,5})$`, text, 1)
	count(found) == 1
} else := {"name": text, "port": port} if regex.match("^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$", text)
