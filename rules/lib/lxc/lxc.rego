# METADATA
# title: Containers as LXC of NixOS runs them
# description: |
#  What PVE would write into /var/lib/lxc/VMID/config at a start, and what it
#  does beside it: which containers can run from a configuration of their own,
#  how their volumes and devices are laid out before, and what keeps one from
#  being started.
package lib.lxc

import data.lib.disks
import data.lib.facts
import data.lib.guard
import data.lib.network
import data.lib.pve
import data.lib.rbd

# METADATA
# title: Containers that have a root
# description: vmid → {guest, at, config}. Templates are not in here.
containers[vmid] := g if {
	some vmid, g in pve.containers
	g.config.rootfs
}

# METADATA
# title: The document of a container
document(vmid) := ["containers", format_int(vmid, 10)]

# METADATA
# title: The directory of a container
directory(vmid) := sprintf("/var/lib/lxc/%d", [vmid])

# METADATA
# title: Lines for LXC by container and key
# description: |
#  vmid → key → [{value, at}], in the order of the file; lines whose value is secret
#  are not in here. Names from before LXC 3 are those of today, where PVE has one.
raw[vmid][key] := lines if {
	some vmid, keys in _raw_keys
	some key in keys
	g := containers[vmid]
	lines := [{"value": p.value, "at": sprintf("%s/config/%d", [g.at, i])} |
		some i, p in g.guest.config
		today(p.key) == key
		p.value
	]
}

_raw_keys[vmid] contains today(p.key) if {
	some vmid, g in containers
	some p in g.guest.config
	startswith(p.key, "lxc.")
}

# Source: PVE::LXC::Config. Cards by their old names have no number.
_renamed := {
	"lxc.aa_allow_incomplete": "lxc.apparmor.allow_incomplete",
	"lxc.aa_profile": "lxc.apparmor.profile",
	"lxc.haltsignal": "lxc.signal.halt",
	"lxc.id_map": "lxc.idmap",
	"lxc.init_cmd": "lxc.init.cmd",
	"lxc.pts": "lxc.pty.max",
	"lxc.rebootsignal": "lxc.signal.reboot",
	"lxc.stopsignal": "lxc.signal.stop",
	"lxc.tty": "lxc.tty.max",
	"lxc.utsname": "lxc.uts.name",
}

# METADATA
# title: The name of a key of LXC today
today(key) := _renamed[key] if {
	true
} else := concat("", ["lxc.prlimit.", trim_prefix(key, "lxc.limit.")]) if {
	startswith(key, "lxc.limit.")
} else := key

# Profiles that LXC brings or that mean the absence of one.
_profiles := {"generated", "lxc-container-default", "lxc-container-default-cgns", "lxc-container-default-with-mounting", "lxc-container-default-with-nesting", "unchanged", "unconfined"}

_plain := `^[A-Za-z0-9_.,:@+=/%*^~ -]*$`

# Which lines are handed on, by the form of key and value.
_handed := [
	[`^lxc\.apparmor\.(allow_nesting|allow_incomplete)$`, `^[01]$`],
	[`^lxc\.(arch|uts\.name)$`, `^[A-Za-z0-9_.-]+$`],
	[`^lxc\.signal\.(halt|reboot|stop)$`, `^[A-Za-z0-9+-]+$`],
	[`^lxc\.init\.(uid|gid)$`, `^[0-9]+$`],
	[`^lxc\.init\.(cwd|groups)$`, _plain],
	[`^lxc\.(pty|tty)\.max$`, `^[0-9]+$`],
	[`^lxc\.autodev$`, `^[01]$`],
	[`^lxc\.mount\.auto$`, `^[a-z:-]+( [a-z:-]+)*$`],
	[`^lxc\.mount\.entry$`, `^[A-Za-z0-9_.,:@+=/%\\-]+([ \t]+[A-Za-z0-9_.,:@+=/%\\-]+)+$`],
	[`^lxc\.cap\.(drop|keep)$`, `^[a-z_ ]*$`],
	[`^lxc\.idmap$`, `^[ugb][ \t]+[0-9]+[ \t]+[0-9]+[ \t]+[0-9]+$`],
	[`^lxc\.cgroup2\.[a-z0-9_.]+$`, _plain],
	[`^lxc\.prlimit\.[a-z]+$`, `^[a-z0-9:]+$`],
	[`^lxc\.sysctl\.[a-z0-9_.]+$`, _plain],
	[`^lxc\.net\.[0-9]+\.(type|link|name|flags|mtu|hwaddr|vlan\.id|macvlan\.mode|ipvlan\.(mode|isolation)|veth\.(pair|mode|vlan\.id|vlan\.tagged\.id)|ipv[46]\.(address|gateway))$`, _plain],
]

# METADATA
# title: Whether LXC of NixOS is given a line
# description: Hooks, includes and profiles of Debian are not handed on, nor is a value of another form than its key has.
handed(key, value) if {
	key == "lxc.apparmor.profile"
	value in _profiles
}

handed(key, value) if {
	key == "lxc.apparmor.raw"
	guard.line(value)
}

handed(key, value) if {
	key == "lxc.init.cmd"
	guard.line(value)
}

handed(key, value) if {
	some form in _handed
	regex.match(form[0], key)
	regex.match(form[1], value)
}

# METADATA
# title: Whether a container has a line of a key that is handed on
has(vmid, key) if {
	some line in raw[vmid][key]
	handed(key, line.value)
}

# METADATA
# title: Lines whose value is secret
# description: "vmid → [{key, at}]: variables, which a configuration in the Nix store would show to everybody."
secret[vmid] := list if {
	some vmid, g in containers
	list := [{"key": p.key, "at": sprintf("%s/config/%d", [g.at, i])} |
		some i, p in g.guest.config
		regex.match(`^(env|lxc\.environment(\.[a-z]+)?)$`, p.key)
	]
	list != []
}

# METADATA
# title: Configurations of PVE whose secret lines are read on the new system
# description: "vmid → {at, path, to}: the file of the container, and its copy that only root can read."
variables[vmid] := {"at": sort([line.at | some line in list]), "path": path, "to": sprintf("/var/lib/pve2nix%s", [path])} if {
	some vmid, list in secret
	paths := {found[0][1] |
		some p in containers[vmid].guest.config
		regex.match(`^(env|lxc\.environment(\.[a-z]+)?)$`, p.key)
		found := regex.find_all_string_submatch_n(sprintf(`^(/etc/pve/nodes/[A-Za-z0-9-]{1,63}/lxc/%d\.conf):[0-9]+$`, [vmid]), p.source, 1)
	}
	[path] := [one | some one in paths]
}

# METADATA
# title: Commands that print the variables of a container as lines for LXC
# description: Of its present configuration; the separator of env is the character of number zero.
print_variables(copy) := [
	sprintf("sed '/^\\[/,$d' %s |", [copy]),
	`  sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |`,
	`  tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /'`,
]

# METADATA
# title: Containers whose users are shifted
unprivileged contains vmid if {
	some vmid, g in containers
	facts.truthy(g.config.unprivileged.property.value)
}

unprivileged contains vmid if {
	some vmid, _ in containers
	has(vmid, "lxc.idmap")
}

# METADATA
# title: Id map of a container
# description: "[{kinds, inside, outside, count}]; empty where ids are not shifted."
maps[vmid] := _maps(vmid) if some vmid, _ in containers

_maps(vmid) := [_map(line.value) | some line in raw[vmid]["lxc.idmap"]; handed("lxc.idmap", line.value)] if {
	has(vmid, "lxc.idmap")
} else := [{"kinds": {"u", "g"}, "inside": 0, "outside": 100000, "count": 65536}] if {
	vmid in unprivileged
} else := []

_map(value) := {"kinds": _kinds[words[0]], "inside": to_number(words[1]), "outside": to_number(words[2]), "count": to_number(words[3])} if {
	words := regex.split(`[ \t]+`, value)
}

_kinds := {"b": {"u", "g"}, "g": {"g"}, "u": {"u"}}

# METADATA
# title: The id outside for an id inside of a container
# description: Undefined where the map has no place for it.
outside(vmid, _, id) := id if {
	maps[vmid] == []
}

outside(vmid, kind, id) := found[0] if {
	found := [n |
		some m in maps[vmid]
		kind in m.kinds
		id >= m.inside
		id < m.inside + m.count
		n := (m.outside + id) - m.inside
	]
}

# METADATA
# title: Volumes that are mounted before a container starts
# description: |
#  vmid → key → {at, target, mp, lines, paths, zfs}: lines of a shell script
#  that stop at a volume that is not there, the paths whose mounts they need,
#  and whether ZFS must be up; image is one of Ceph that is mapped. Nothing in
#  them formats or removes.
volumes[vmid][key] := object.union(source, {
	"at": p.at,
	"target": target,
	"lines": array.concat(source.lines, [sprintf("mountpoint -q %s || mount %s %s", [target, _words(source.mount), target])]),
}) if {
	some vmid, g in containers
	some key, p in g.config
	regex.match(`^(rootfs|mp[0-9]{1,3})$`, key)
	_place(key, p.property)
	not facts.field(p.property, "idmap")
	target := sprintf("%s/%s", [directory(vmid), key])
	source := _linked(_source(p.property, facts.field(p.property, "volume")), sprintf("/run/rbd/%d-%s", [vmid, key]))
}

# An image of Ceph has no place of its own.
_linked(source, link) := object.union(source, {
	"lines": [sprintf("map %s %s %s", [link, source.image.image, source.image.words])],
	"mount": array.concat(source.mount, [link]),
	"link": link,
}) if {
	source.image
} else := source

_place("rootfs", _) := true

_place(key, property) if {
	key != "rootfs"
	path(facts.field(property, "mp"))
}

_words(list) := concat(" ", [w | some w in list; w != ""])

# METADATA
# title: Paths that are a word in a shell and in a mount table
path(text) if {
	regex.match(`^/[A-Za-z0-9_.@+=:-]+(/[A-Za-z0-9_.@+=:-]+)*/?$`, text)
	not regex.match(`(^|/)\.\.?(/|$)`, text)
}

# Logical volumes are made without autoactivation since PVE 9. Those of a group that several hosts see need PVE's locks.
_source(property, volume) := {
	"lines": [sprintf("lvchange -ay -K %s/%s", [group, name])],
	"mount": [_block_options(property, []), sprintf("/dev/%s/%s", [group, name])],
	"paths": [],
	"zfs": false,
} if {
	[s, name] := _volume(volume)
	s.section.type in {"lvm", "lvmthin"}
	not _shared(s)
	group := s.properties.vgname.property.value
	guard.volume_group(group)
	regex.match(`^vm-[0-9]+-[A-Za-z0-9_.-]+$`, name)
}

_shared(s) if facts.truthy(s.properties.shared.property.value)

_source(property, volume) := {
	"lines": [sprintf(`test "$(zfs get -H -o value mounted %s)" = yes || zfs mount %s`, [dataset, dataset])],
	"mount": ["--bind", _bind_options(property), sprintf(`"$(zfs get -H -o value mountpoint %s)"`, [dataset])],
	"paths": [],
	"zfs": true,
} if {
	[s, name] := _volume(volume)
	s.section.type == "zfspool"
	own := regex.replace(name, `^.*/`, "")
	regex.match(`^subvol-[0-9]+-[A-Za-z0-9_.-]+$`, own)
	pool := s.properties.pool.property.value
	regex.match(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9_.:-]+)*$`, pool)
	dataset := sprintf("%s/%s", [pool, own])
}

_source(property, volume) := {
	"lines": [],
	"mount": [_block_options(property, [])],
	"paths": [],
	"zfs": false,
	"image": image,
} if {
	image := rbd.of(volume)
}

# An image in a directory is mounted over a loop device, a folder as it is.
_source(property, volume) := {
	"lines": [sprintf("test -f %s", [file])],
	"mount": [_block_options(property, ["loop"]), file],
	"paths": [file],
	"zfs": false,
} if {
	file := _file(volume)
	endswith(file, ".raw")
}

_source(property, volume) := {
	"lines": [sprintf("test -d %s", [file])],
	"mount": ["--bind", _bind_options(property), file],
	"paths": [file],
	"zfs": false,
} if {
	file := _file(volume)
	endswith(file, ".subvol")
}

_source(property, device) := {
	"lines": [sprintf("test -b %s", [device])],
	"mount": [_block_options(property, []), device],
	"paths": [],
	"zfs": false,
} if {
	path(device)
	startswith(device, "/dev/")
}

_source(property, directory) := {
	"lines": [sprintf("test -d %s", [directory])],
	"mount": ["--bind", _bind_options(property), directory],
	"paths": [directory],
	"zfs": false,
} if {
	path(directory)
	not startswith(directory, "/dev/")
}

_volume(volume) := [disks.storages[found[0][1]], found[0][2]] if {
	found := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9_.-]*):([A-Za-z0-9_./-]+)$`, volume, 1)
}

# The folder of guests in a storage can have another name (content-dirs).
_file(volume) := file if {
	[s, name] := _volume(volume)
	not s.properties["content-dirs"]
	regex.match(`^[0-9]+/(vm|subvol)-[0-9]+-[A-Za-z0-9_-]+\.(raw|subvol)$`, name)
	file := sprintf("%s/images/%s", [_folder(s), _image(s.section.type, name)])
	path(file)
}

_folder(s) := trim_suffix(s.properties.path.property.value, "/") if {
	s.section.type in {"btrfs", "cifs", "dir", "nfs"}
} else := sprintf("/mnt/pve/%s", [s.section.id]) if {
	s.section.type in {"cifs", "nfs"}
}

# Btrfs has a subvolume for each image, so that it can be snapshotted.
_image(type, name) := sprintf("%s/disk.raw", [trim_suffix(name, ".raw")]) if {
	type == "btrfs"
	endswith(name, ".raw")
} else := name

_asked(property) := {o | some o in split(facts.field(property, "mountoptions"), ";")}

_read_only(property) if facts.truthy(facts.field(property, "ro"))

# As PVE allows them: some mean nothing where nothing is written, or where only a directory is shown again.
_bind_options(property) := _option(array.concat([o | some o in ["noatime", "nodev", "noexec", "nosuid"]; o in _asked(property)], _ro(property)))

_block_options(property, own) := _option(array.concat(own, array.concat([o | some o in _written; o in _asked(property)], _ro(property)))) if {
	not _read_only(property)
} else := _option(array.concat(own, array.concat([o | some o in ["nodev", "noexec", "nosuid"]; o in _asked(property)], ["ro"])))

_written := ["discard", "lazytime", "noatime", "nodev", "noexec", "nosuid"]

_ro(property) := ["ro"] if {
	_read_only(property)
} else := []

_option([]) := ""

_option(list) := concat(" ", ["-o", concat(",", list)]) if list != []

# METADATA
# title: Device nodes that are made before a container starts
# description: "vmid → key → {at, path, mode, uid, gid, write}; uid and gid are those outside."
devices[vmid][key] := {
	"at": p.at,
	"path": node,
	"mode": mode,
	"uid": outside(vmid, "u", _number(p.property, "uid")),
	"gid": outside(vmid, "g", _number(p.property, "gid")),
	"write": _written_to(p.property),
} if {
	some vmid, g in containers
	some key, p in g.config
	regex.match(`^dev[0-9]{1,3}$`, key)
	node := facts.field(p.property, "path")
	path(node)
	startswith(node, "/dev/")
	mode := _mode(p.property)
	regex.match(`^0[0-7]{3}$`, mode)
	_numbered(vmid, node)
}

# A privileged container has to be told which numbers it can open; those of others are free, as PVE leaves them.
_numbered(vmid, _) if vmid in unprivileged

_numbered(_, node) if number(node)

_mode(property) := facts.field(property, "mode") if {
	true
} else := "0660"

_number(property, name) := to_number(text) if {
	text := facts.field(property, name)
	regex.match(`^[0-9]{1,10}$`, text)
} else := 0

_written_to(property) := false if {
	facts.truthy(facts.field(property, "deny-write"))
} else := true

# METADATA
# title: Type and numbers of devices whose numbers are fixed
# description: /dev/net/tun → c 10:200. Undefined for a device that the kernel numbers as it finds it.
# Source: https://docs.kernel.org/admin-guide/devices.html
number(node) := _fixed[node]

number(node) := sprintf("%s%d", [series[0], to_number(found[0][1]) + series[1]]) if {
	some form, series in _series
	found := regex.find_all_string_submatch_n(form, node, 1)
	count(found) == 1
}

_fixed := {"/dev/fuse": "c 10:229", "/dev/kvm": "c 10:232", "/dev/net/tun": "c 10:200", "/dev/ppp": "c 108:0", "/dev/vhost-net": "c 10:238"}

_series := {
	`^/dev/dri/card([0-9]{1,2})$`: ["c 226:", 0],
	`^/dev/dri/renderD(1[0-9]{2})$`: ["c 226:", 0],
	`^/dev/ttyACM([0-9]{1,2})$`: ["c 166:", 0],
	`^/dev/ttyS([0-9]{1,2})$`: ["c 4:", 64],
	`^/dev/ttyUSB([0-9]{1,2})$`: ["c 188:", 0],
}

# METADATA
# title: Network cards of containers that can be plugged in
# description: |
#  vmid → number → {at, field, bridge, tag, up}: bridge and tag are "" where
#  there is none, up are the lines of a script that finish the plug.
cards[vmid][n] := {"at": p.at, "property": p.property, "bridge": bridge, "tag": tag, "up": array.concat(_trunks(p.property, bridge, pair, tag), _rate(p.property, pair))} if {
	some vmid, g in containers
	some key, p in g.config
	found := regex.find_all_string_submatch_n(`^net([0-9]{1,2})$`, key, 1)
	n := found[0][1]
	pair := sprintf("veth%di%s", [vmid, n])
	facts.interface_name(pair)
	[bridge, tag] := _plug(p.property)
}

# PVE plugs a card with a tag into the bridge of the tag where the bridge filters no VLANs.
_plug(property) := [network.tag_bridge(bridge, tag), ""] if {
	bridge := _bridge(property)
	tag := network.number(facts.field(property, "tag"), 1, 4094)
	network.tag_bridge(bridge, tag) in network.tag_bridges
} else := [bridge, tag] if {
	bridge := _bridge(property)
	tag := _tag(property, bridge)
}

# A card that is switched off is on no bridge.
_bridge(property) := "" if {
	facts.truthy(facts.field(property, "link_down"))
} else := bridge if {
	bridge := facts.field(property, "bridge")
	facts.interface_name(bridge)
	network.interfaces[bridge].kind in {"bridge", "ovs-bridge"}
}

_tag(_, "") := ""

_tag(property, bridge) := "" if {
	bridge != ""
	not facts.field(property, "tag")
}

_tag(property, bridge) := tag if {
	bridge != ""
	tag := facts.field(property, "tag")
	regex.match(`^[1-9][0-9]{0,3}$`, tag)
	_tags(network.interfaces[bridge])
}

_tags(n) if n.kind == "ovs-bridge"

_tags(n) if n.vlan_aware

# On a bridge that filters VLANs PVE lets a card without tag have them all, and one with trunks those.
_trunks(property, bridge, pair, tag) := [sprintf("bridge vlan add dev %s vid %s", [pair, ids]) | some ids in _trunk_ids(property, tag)] if {
	network.interfaces[bridge].vlan_aware
} else := [sprintf("ovs-vsctl set port %s trunks=%s", [pair, concat(",", ids)])] if {
	network.interfaces[bridge].kind == "ovs-bridge"
	ids := [id | some id in split(facts.field(property, "trunks"), ";"); regex.match(`^[1-9][0-9]{0,3}$`, id)]
	ids != []
} else := []

_trunk_ids(property, tag) := [ids | some ids in split(trunks, ";"); regex.match(`^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$`, ids)] if {
	trunks := facts.field(property, "trunks")
} else := ["2-4094"] if {
	tag == ""
} else := []

# Megabytes a second, in both directions.
_rate(property, pair) := [
	sprintf("tc qdisc replace dev %s root tbf rate %dbps burst 1mb latency 50ms", [pair, bytes]),
	sprintf("tc qdisc replace dev %s handle ffff: ingress", [pair]),
	sprintf("tc filter add dev %s parent ffff: prio 50 matchall action police rate %dbps burst 1mb mtu 64kb conform-exceed drop", [pair, bytes]),
] if {
	text := facts.field(property, "rate")
	regex.match(`^[0-9]{1,5}(\.[0-9]{1,6})?$`, text)
	to_number(text) > 0
	bytes := floor(to_number(text) * 1048576)
} else := []

# METADATA
# title: What keeps a container from being started
# description: vmid → pointers and keys of volumes, devices and cards that nothing prepares.
unready[vmid] contains {"key": key, "at": p.at} if {
	some vmid, g in containers
	some key, p in g.config
	regex.match(`^(rootfs|mp[0-9]+)$`, key)
	not volumes[vmid][key]
}

unready[vmid] contains {"key": key, "at": p.at} if {
	some vmid, g in containers
	some key, p in g.config
	regex.match(`^dev[0-9]+$`, key)
	not devices[vmid][key]
}

unready[vmid] contains {"key": key, "at": p.at} if {
	some vmid, g in containers
	some key, p in g.config
	regex.match(`^net[0-9]+$`, key)
	not cards[vmid][substring(key, 3, -1)]
}

# METADATA
# title: Containers that a unit starts
ready contains vmid if {
	some vmid, _ in containers
	not unready[vmid]
}

# METADATA
# title: The filter of system calls of a container
# description: vmid → name of the file. Privileged containers have that of LXC itself.
filters[vmid] := concat("", array.concat([_filter(containers[vmid].config)], ["-mknod" | vmid in noded])) if some vmid in unprivileged

_filter(config) := "unprivileged-keyctl" if {
	facts.truthy(facts.field(config.features.property, "keyctl"))
} else := "unprivileged"

# METADATA
# title: Containers whose nodes are made for them
# description: Who wants no units of containers has nobody who does.
noded contains vmid if {
	some vmid in unprivileged
	facts.truthy(facts.field(containers[vmid].config.features.property, "mknod"))
	not _declined
}

_declined if data.answers.bridges.container == "no"

# METADATA
# title: Where LXC asks for nodes
nodes_socket := "/run/pve2nix-nodes.sock"

# METADATA
# title: Containers that start at boot, by their place
# description: "vmid → [order, vmid], as PVE sorts guests. HA starts its guests whatever onboot says."
started[vmid] := [_order(g), vmid] if {
	some vmid in ready
	g := containers[vmid]
	_starts(g)
	not pve.ha_active[sprintf("ct:%d", [vmid])]
}

started[vmid] := [_order(g), vmid] if {
	some vmid in ready
	g := containers[vmid]
	available[vmid]
}

# METADATA
# title: Containers that HA kept started and that a unit starts in its place
# description: |
#  vmid → the resource. Where Proxmox VE stays in a cluster, another node can have
#  the container in the next moment, and it runs twice: nothing starts it then.
available[r.vmid] := r if {
	some r in pve.ha_active
	r.type == "lxc"
	containers[r.vmid]
	not _shared_with_pve
}

_shared_with_pve if {
	data.target == "proxmox"
	pve.clustered
}

_starts(g) if facts.truthy(g.config.onboot.property.value)

_order(g) := to_number(text) if {
	text := facts.field(g.config.startup.property, "order")
	regex.match(`^[0-9]{1,9}$`, text)
} else := 1000000000

# METADATA
# title: Places of the virtual machines that start at boot
machines contains [_order(g), vmid] if {
	some vmid, g in pve.vms
	_starts(g)
	not pve.ha_active[sprintf("vm:%d", [vmid])]
}

# METADATA
# title: Containers that start before, after and between virtual machines
# description: before, after and between → numbers; none where no virtual machine starts.
beside := {
	"before": {vmid | some vmid, place in started; place < min(machines)},
	"after": {vmid | some vmid, place in started; place > max(machines)},
	"between": {vmid | some vmid, place in started; place > min(machines); place < max(machines)},
}
