# METADATA
# title: Guests as instances of Incus
# description: |
#  Names of instances, where the volumes of their disks lie on the new system,
#  and the pieces that rules make documents of. Templates are no instances.
#  Only text with a closed set of characters becomes a name, a path or an
#  address; what does not fit is left to the rules with findings.
package lib.incus

import data.lib.disks
import data.lib.facts
import data.lib.guard
import data.lib.network
import data.lib.pve

# METADATA
# title: Guests that become instances
# description: vmid → as in lib.facts.guests
instances := object.union(pve.vms, pve.containers)

# METADATA
# title: The name of an instance
# description: |
#  The first label of the guest's name, where Incus takes it and no other guest
#  has it; else vm or ct with the number.
name(vmid) := _labels[vmid] if {
	count(_named[lower(_labels[vmid])]) == 1
} else := sprintf("%s%d", [{"qemu": "vm", "lxc": "ct"}[instances[vmid].guest.type], vmid])

_labels[vmid] := label if {
	some vmid, g in instances
	key := {"qemu": "name", "lxc": "hostname"}[g.guest.type]
	label := split(g.config[key].property.value, ".")[0]
	guard.host_label(label)
	not regex.match(`^([0-9]+|(vm|ct)[0-9]+)$`, label)
}

_named[lower(label)] contains vmid if some vmid, label in _labels

# METADATA
# title: A piece of an instance
part(vmid, at, path, value) := {"at": at, "document": ["instances", sprintf("%d", [vmid])], "path": path, "value": value}

# METADATA
# title: Options of one device of an instance
device(vmid, at, key, options) := part(vmid, at, ["devices", key], options)

# METADATA
# title: The text of a key of a guest
value(vmid, key) := instances[vmid].config[key].property.value

# METADATA
# title: A number of a guest's key
# description: Undefined where it is none.
number(text) := to_number(text) if regex.match(`^[0-9]{1,9}$`, text)

# METADATA
# title: The place of a guest in the order of starts
# description: Undefined where it has none.
order(g) := min([number(facts.field(g.config.startup.property, "order")), 999])

# METADATA
# title: Whether an instance starts with the host
# description: The HA manager starts its guests whatever onboot says.
started(vmid) if facts.truthy(instances[vmid].config.onboot.property.value)

started(vmid) if _available[vmid]

_available contains r.vmid if some r in pve.ha_active

# METADATA
# title: Processors of a virtual machine
# description: Those that it starts with.
vcpus(g) := min([_all(g), _some(g, "vcpus", _all(g))])

_all(g) := _some(g, "cores", 1) * _some(g, "sockets", _some(g, "smp", 1))

_some(g, key, otherwise) := found if {
	found := count_of(g, key, otherwise)
	found > 0
} else := otherwise

# METADATA
# title: A key that is a number, or what stands for it
count_of(g, key, otherwise) := number(g.config[key].property.value) if {
	true
} else := otherwise

# METADATA
# title: The processors of the host that a virtual machine is pinned to
# description: Only where there is one for each of its own, which is what Incus can say.
pinned(g) := text if {
	text := g.config.affinity.property.value
	regex.match(`^[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*$`, text)
	sum([_width(range) | some range in split(text, ",")]) == vcpus(g)
	vcpus(g) > 1
}

_width(range) := (to_number(ends[count(ends) - 1]) - to_number(ends[0])) + 1 if ends := split(range, "-")

# METADATA
# title: A size of PVE in the words of Incus
size(text) := sprintf("%s%s", [found[0][1], _units[found[0][2]]]) if {
	found := regex.find_all_string_submatch_n(`^([1-9][0-9]{0,14})([KMGT]?)$`, text, 1)
}

_units := {"": "B", "K": "KiB", "M": "MiB", "G": "GiB", "T": "TiB"}

# METADATA
# title: The volume, path or word that a drive names
file(property) := facts.field(property, "file") if {
	true
} else := facts.field(property, "volume")

# METADATA
# title: Where a volume is on the new system
# description: |
#  {kind, path}. block is a device, directory a file system that is mounted,
#  file an image that is used as it is, convert an image of a format that Incus
#  does not read (path is where the converted one is looked for, from the old
#  one), rbd an image of Ceph that somebody has to map. Undefined for what this
#  host does not have, and for names with characters that no volume of PVE has.
place(volume) := {"kind": "block", "path": volume} if {
	guard.device(volume)
} else := {"kind": "directory", "path": volume} if {
	_path(volume)
	not regex.match(`\.(iso|img|raw|qcow2|vmdk)$`, volume)
} else := {"kind": "file", "path": volume} if {
	_path(volume)
	regex.match(`\.(iso|img|raw)$`, volume)
} else := _placed[volume]

_placed[text] := place if {
	some text in _volumes
	found := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9_.-]*):([A-Za-z0-9][A-Za-z0-9_.+/:-]*)$`, text, 1)
	[_, id, volume] := found[0]
	s := disks.storages[id]
	place := _on(s, volume)
	_path(place.path)
}

_volumes contains file(p.property) if {
	some g in instances
	some p in g.config
}

_volumes contains file(p.property) if {
	some g in _templates
	some p in g.config
}

_templates[vmid] := g if {
	some vmid, g in facts.guests
	g.guest.type == "qemu"
	pve.template(g)
}

_template_disks[vmid][key] := name if {
	some vmid, g in _templates
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio)[0-9]{1,2}$`, key)
	not cdrom(p.property)
	name := file(p.property)
	not name in {"cdrom", "none"}
	not contains(name, "cloudinit")
}

# METADATA
# title: Templates of virtual machines that an image can be made of
# description: |
#  vmid → {guest, key, path, format}: the one disk, where a file or a device of the
#  host holds it, and its format in the words of qemu-img.
published[vmid] := object.union({"guest": _templates[vmid], "key": key}, held) if {
	some vmid, disks in _template_disks
	count(disks) == 1
	some key, name in disks
	held := _held(place(name))
}

_held(place) := {"path": place.path, "format": "raw"} if {
	place.kind in {"block", "file"}
} else := {"path": place.from, "format": found[0]} if {
	place.kind == "convert"
	_path(place.from)
	found := regex.find_n(`(qcow2|vmdk)$`, place.from, 1)
}

_path(text) if {
	regex.match(`^/[A-Za-z0-9_.,:@+=/-]+$`, text)
	facts.plain_path(text)
}

_text(s, key) := s.properties[key].property.value

_leaf(volume) := parts[count(parts) - 1] if parts := split(volume, "/")

_on(s, volume) := {"kind": "block", "path": concat("/", ["/dev/zvol", _text(s, "pool"), _leaf(volume)])} if {
	s.section.type == "zfspool"
	regex.match(`^(vm|base)-`, _leaf(volume))
} else := {"kind": "directory", "path": concat("/", [_text(s, "mountpoint"), _leaf(volume)])} if {
	s.section.type == "zfspool"
} else := {"kind": "directory", "path": concat("/", ["", _text(s, "pool"), _leaf(volume)])} if {
	s.section.type == "zfspool"
} else := {"kind": "block", "path": concat("/", ["/dev", _text(s, "vgname"), _leaf(volume)])} if {
	s.section.type in {"lvm", "lvmthin"}
	not endswith(volume, ".qcow2")
} else := {"kind": "rbd", "path": concat("/", ["/dev/rbd", object.get(s.properties, ["pool", "property", "value"], "rbd"), _leaf(volume)])} if {
	s.section.type == "rbd"
} else := {"kind": "block", "path": concat("/", ["/dev/disk/by-id", regex.replace(volume, `^[0-9]+\.[0-9]+\.[0-9]+\.`, "")])} if {
	s.section.type == "iscsi"
} else := {"kind": "file", "path": sprintf("%s/images/%s/disk.raw", [_folder(s), trim_suffix(_owned(volume), ".raw")])} if {
	s.section.type == "btrfs"
	endswith(volume, ".raw")
} else := _in(_folder(s), volume) if {
	not s.properties["content-dirs"]
}

_folder(s) := _text(s, "path") if {
	s.section.type in {"btrfs", "cephfs", "cifs", "dir", "glusterfs", "nfs"}
} else := concat("/", ["/mnt/pve", s.section.id]) if {
	s.section.type in {"cephfs", "cifs", "glusterfs", "nfs"}
}

_in(folder, volume) := {"kind": "file", "path": concat("/", [folder, "template", volume])} if {
	startswith(volume, "iso/")
} else := {"kind": "directory", "path": concat("/", [folder, "images", _owned(volume)])} if {
	endswith(volume, ".subvol")
} else := {"kind": "file", "path": concat("/", [folder, "images", _owned(volume)])} if {
	endswith(volume, ".raw")
} else := {"kind": "convert", "path": concat("", [path, ".raw"]), "from": path} if {
	regex.match(`\.(qcow2|vmdk)$`, volume)
	path := concat("/", [folder, "images", _owned(volume)])
}

# Of a linked clone the name of the template stands first.
_owned(volume) := concat("/", array.slice(parts, count(parts) - 2, count(parts))) if {
	parts := split(volume, "/")
	count(parts) >= 2
}

# METADATA
# title: Disks of virtual machines
# description: |
#  vmid → key → {at, property, bus, file}. Empty drives, media and the drive of
#  cloud-init are not in here.
disks_of[vmid][key] := {"at": p.at, "property": p.property, "bus": found[0][1], "file": name} if {
	some vmid, g in pve.vms
	some key, p in g.config
	found := regex.find_all_string_submatch_n(`^(ide|sata|scsi|virtio)[0-9]{1,2}$`, key, 1)
	count(found) == 1
	not cdrom(p.property)
	name := file(p.property)
	not name in {"cdrom", "none"}
	not contains(name, "cloudinit")
}

# METADATA
# title: Drives of virtual machines with a medium
# description: "{vmid, key, at, file}; without empty drives."
media_of contains {"vmid": vmid, "key": key, "at": p.at, "file": name} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^(ide|sata|scsi|virtio)[0-9]{1,2}$`, key)
	cdrom(p.property)
	name := file(p.property)
	name != "none"
}

# METADATA
# title: What a drive holds on the new system
# description: The source of a disk device; undefined for an image that this host does not have.
media_source(name) := "cloud-init:config" if {
	contains(name, "cloudinit")
} else := "/dev/cdrom" if {
	name == "cdrom"
} else := found.path if {
	found := place(name)
	found.kind == "file"
}

# METADATA
# title: Whether a drive is for media
cdrom(property) if facts.field(property, "media") == "cdrom"

# METADATA
# title: Root and mount points of containers
# description: vmid → key → {at, property, file}
mounts_of[vmid][key] := {"at": p.at, "property": p.property, "file": file(p.property)} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^(rootfs|mp[0-9]{1,3})$`, key)
}

# METADATA
# title: Where a mount point of a container is on the new system
# description: |
#  As place; of an image in a file the loop device that a unit has made of it,
#  because Incus would hand in the file itself. from is the image.
mounted(vmid, key) := {"kind": "block", "path": sprintf("/run/incus-volumes/%d-%s", [vmid, key]), "from": found.path} if {
	found := place(mounts_of[vmid][key].file)
	found.kind == "file"
	endswith(found.path, ".raw")
} else := place(mounts_of[vmid][key].file)

# METADATA
# title: Network cards on bridges
# description: |
#  vmid → key → {at, property, bridge, unplugged, mac, tag, trunks, mtu, rate,
#  name}; what is not said or has another shape is an empty text.
cards_of[vmid][key] := {
	"at": p.at,
	"property": p.property,
	"bridge": plug.bridge,
	"unplugged": _unplugged(p.property),
	"mac": _mac(p.property),
	"tag": plug.tag,
	"trunks": replace(_shaped(p.property, "trunks", `^[0-9]{1,4}(-[0-9]{1,4})?(;[0-9]{1,4}(-[0-9]{1,4})?)*$`), ";", ","),
	"mtu": _shaped(p.property, "mtu", `^[1-9][0-9]{2,4}$`),
	"rate": _rate(p.property),
	"name": _inside(g, p.property),
} if {
	some vmid, g in instances
	some key, p in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	bridge := facts.field(p.property, "bridge")
	facts.interface_name(bridge)
	plug := _plug(bridge, _shaped(p.property, "tag", `^[1-9][0-9]{0,3}$`))
}

# PVE plugs a card with a tag into the bridge of the tag where the bridge filters no VLANs.
_plug(bridge, tag) := {"bridge": name, "tag": ""} if {
	name := network.tag_bridge(bridge, network.number(tag, 1, 4094))
	name in network.tag_bridges
} else := {"bridge": bridge, "tag": tag}

default _unplugged(_) := false

_unplugged(property) if facts.truthy(facts.field(property, "link_down"))

_shaped(property, name, pattern) := text if {
	text := facts.field(property, name)
	regex.match(pattern, text)
} else := ""

_mac(property) := lower(text) if {
	some name in ["macaddr", "hwaddr"]
	text := facts.field(property, name)
	regex.match(`^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$`, text)
} else := ""

# PVE counts bytes, Incus bits.
_rate(property) := sprintf("%dMibit", [8 * to_number(text)]) if {
	text := facts.field(property, "rate")
	regex.match(`^[1-9][0-9]{0,5}$`, text)
} else := sprintf("%dKibit", [round(8192 * to_number(text))]) if {
	text := facts.field(property, "rate")
	regex.match(`^[0-9]{1,5}\.[0-9]{1,6}$`, text)
} else := ""

_inside(g, property) := text if {
	g.guest.type == "lxc"
	text := facts.field(property, "name")
	regex.match(`^[A-Za-z0-9][A-Za-z0-9_.-]{1,14}$`, text)
} else := ""

# METADATA
# title: The tagged VLANs of a card, or an empty text
# description: |
#  PVE lets a card without a tag have all VLANs of a bridge that filters them.
#  Incus adds them one by one, so they are said where the bridge has few. On a
#  bridge that filters none PVE passes over trunks.
tagged(c) := "" if {
	c.bridge in network.tag_bridges
} else := "" if {
	n := network.interfaces[c.bridge]
	n.kind == "bridge"
	not n.vlan_aware
} else := c.trunks if {
	c.trunks != ""
} else := concat(",", vids) if {
	c.tag == ""
	n := network.interfaces[c.bridge]
	n.kind == "bridge"
	n.vlan_aware
	vids := n.vids
	count(vids) > 0
	every id in vids {
		regex.match(`^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$`, id)
		to_number(split(id, "-")[0]) > 1
	}
	sum([_width(id) | some id in vids]) <= 64
} else := ""

# METADATA
# title: What a virtual machine starts from
# description: vmid → device → priority, the highest first. The old letters are c (disk), d (media) and n (network).
boot_order(vmid) := {key: priority |
	some i, key in split(facts.field(instances[vmid].config.boot.property, "order"), ";")
	i < 50
	priority := 100 - i
	regex.match(`^[a-z]+[0-9]{1,2}$`, key)
} if {
	facts.field(instances[vmid].config.boot.property, "order")
} else := {key: 100 | key := instances[vmid].config.bootdisk.property.value} if {
	instances[vmid].config.bootdisk
} else := {min(keys): 100} if {
	keys := object.keys(disks_of[vmid])
} else := {}

# METADATA
# title: Storages that get a pool of their own beside PVE's volumes
# description: id → the new dataset. Only ZFS can give one without touching what is there.
pools[id] := dataset if {
	some id, s in disks.storages
	s.section.type == "zfspool"
	regex.match(`^[A-Za-z][A-Za-z0-9-]{0,62}$`, id)
	id != "default"
	zpool := split(_text(s, "pool"), "/")[0]
	guard.pool(zpool)
	regex.match(`^[A-Za-z0-9_.-]+$`, zpool)
	dataset := sprintf("%s/incus-%s", [zpool, id])
}

# METADATA
# title: The pool for the root of an instance
# description: That of the storage where PVE has the volume, else default.
pool(volume) := id if {
	id := split(volume, ":")[0]
	pools[id]
} else := "default"

# METADATA
# title: Guests and keys for readers
# description: "[{vmid, key}] → 100 scsi0, 101 mp1"
words(list) := concat(", ", sort({sprintf("%d %s", [d.vmid, d.key]) | some d in list}))
