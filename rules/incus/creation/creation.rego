# METADATA
# scope: package
# title: Instances are made once, when what they need is there
# description: |
#  Puts the documents of the instances below /etc/incus-instances and makes, after
#  Incus has started, each instance that is not there yet and whose disks are.
#  Containers are made from the image of their old root. An instance that is there is
#  never changed, and nothing is ever removed. Variables of a container, which can be
#  secrets, come from a copy of PVE's file that root alone reads. Logical volumes, which PVE switches on
#  only for a start, are switched on before, images of Ceph are mapped as PVE maps
#  them, and images of containers get a loop device: Incus mounts devices and
#  directories, but no images.
# custom:
#  targets: [incus]
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/nixos-25.11/nixos/modules/virtualisation/incus.nix
#   - https://github.com/lxc/incus/blob/v6.0.2/cmd/incus/create.go
#   - https://man7.org/linux/man-pages/man8/lvchange.8.html
#   - https://docs.ceph.com/en/latest/man/8/rbd/
package rules.incus.creation

import data.lib.cloudlogin
import data.lib.incus
import data.lib.lxc
import data.lib.rbd

settings contains {"at": [g.at], "option": ["environment", "etc", sprintf("incus-instances/%d.yaml", [vmid]), "source"], "value": {"_path": sprintf("./instances/%d.yaml", [vmid])}} if some vmid, g in incus.instances

_at := sort([g.at | some g in incus.instances])

_unit(name, path, value) := {"at": _at, "option": array.concat(["systemd", "services", name], path), "value": value}

settings contains _unit("incus-instances", path, value) if {
	count(incus.instances) > 0
	some [path, value] in [
		[["description"], "Instances of Incus that are not there yet"],
		[["wantedBy"], ["multi-user.target"]],
		[["after"], ["incus.service", "incus-preseed.service"]],
		[["requires"], ["incus.service"]],
		[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true, "TimeoutStartSec": "infinity"}],
		[["path"], [{"_ref": ["config", "virtualisation", "incus", "clientPackage"]}]],
		[["script"], concat("\n", array.flatten([_variables, _logins, _files, _functions, _calls]))],
	]
}

# Of each container that has some; the others have none.
_variables := array.flatten([
	"# variables VMID NAME: environment of its first program",
	"variables() {",
	"  case $1 in",
	[sprintf("  %d) copy=%s ;;", [vmid, v.to]) | some vmid, v in lxc.variables],
	"  *) return ;;",
	"  esac",
	[sprintf("  %s", [line]) | some line in array.slice(_printed, 0, 2)],
	sprintf("  %s | sed -n -E 's/^lxc\\.environment(\\.[a-z]+)? = //p' |", [_printed[2]]),
	`  while IFS= read -r variable; do incus config set "$2" "environment.$variable" < /dev/null; done`,
	"}",
]) if {
	count(lxc.variables) > 0
} else := []

# Of each machine that has some; the text of cloud-init is YAML, where a quote within quotes is doubled.
_logins := array.flatten([
	"# login VMID NAME: password and keys of cloud-init",
	"login() {",
	"  case $1 in",
	[sprintf("  %d) copy=%s ;;", [vmid, l.to]) | some vmid, l in cloudlogin.list],
	"  *) return ;;",
	"  esac",
	`  [ -e "$copy" ] || { echo "$2 has no password and keys: $copy is not there"; return; }`,
	`  password=$(value cipassword)`,
	`  keys=$(printf '%b' "$(value sshkeys | sed -e 's/\\/\\\\/g' -e 's/%\([0-9A-Fa-f][0-9A-Fa-f]\)/\\x\1/g')" | tr -d '\r')`,
	"  {",
	`    incus config get "$2" cloud-init.user-data < /dev/null | grep . || echo "#cloud-config"`,
	`    [ -z "$password" ] || printf "password: '%s'\nchpasswd:\n  expire: false\n" "$(quoted "$password")"`,
	`    [ -z "$keys" ] || echo ssh_authorized_keys:`,
	`    printf '%s\n' "$keys" | while IFS= read -r key; do [ -z "$key" ] || printf "  - '%s'\n" "$(quoted "$key")"; done`,
	`  } | incus config set "$2" cloud-init.user-data -`,
	"}",
	`value() { sed '/^\[/,$d' "$copy" | sed -n "s/^$1:[[:space:]]*//p" | tail -n 1; }`,
	`quoted() { printf '%s' "$1" | sed "s/'/''/g"; }`,
]) if {
	count(cloudlogin.list) > 0
} else := []

_files := array.flatten([
	"# files VMID NAME: data of cloud-init in files of their own",
	"files() {",
	"  case $1 in",
	[sprintf("  %d) %s ;;", [vmid, concat("; ", [sprintf("file \"$2\" %s %s", [kind, path]) | some kind, path in list])]) | some vmid, list in cloudlogin.files],
	"  esac",
	"}",
	"file() {",
	`  [ -r "$3" ] || { echo "$1 lacks $2: $3 is not there"; return; }`,
	`  incus config set "$1" "cloud-init.$2" - < "$3"`,
	"}",
]) if {
	count(cloudlogin.files) > 0
} else := []

carries contains {"at": l.at, "path": l.path, "to": l.to, "mode": "0600", "secret": true} if some l in cloudlogin.list

_printed := lxc.print_variables(`"$copy"`)

carries contains {"at": v.at, "path": v.path, "to": v.to, "mode": "0600", "secret": true} if some v in lxc.variables

_functions := array.flatten([
	"# there NAME: whether the instance exists",
	"there() { incus info \"$1\" > /dev/null 2>&1; }",
	"# have NAME PATH…: whether what it opens exists",
	"have() {",
	"  name=$1; shift",
	"  for path; do [ -e \"$path\" ] || { echo \"$name waits for $path\"; return 1; }; done",
	"}",
	"# machine VMID NAME start|stay PATH…",
	"machine() {",
	"  vmid=$1 name=$2 then=$3; shift 3",
	"  there \"$name\" && return",
	"  have \"$name\" \"$@\" || return 0",
	"  incus create --empty --vm --no-profiles \"$name\" < /etc/incus-instances/\"$vmid\".yaml || return 0",
	["  login \"$vmid\" \"$name\" || true" | count(cloudlogin.list) > 0],
	["  files \"$vmid\" \"$name\" || true" | count(cloudlogin.files) > 0],
	"  [ \"$then\" = stay ] || incus start \"$name\" || true",
	"}",
	"# container VMID NAME start|stay PATH…",
	"container() {",
	"  vmid=$1 name=$2 then=$3; shift 3",
	"  there \"$name\" && return",
	"  incus image info pve-\"$vmid\" > /dev/null 2>&1 || { echo \"$name waits for the image pve-$vmid\"; return 0; }",
	"  have \"$name\" \"$@\" || return 0",
	"  incus create --no-profiles pve-\"$vmid\" \"$name\" < /etc/incus-instances/\"$vmid\".yaml || return 0",
	["  variables \"$vmid\" \"$name\" || true" | count(lxc.variables) > 0],
	"  [ \"$then\" = stay ] || incus start \"$name\" || true",
	"}",
])

# Incus starts its instances as soon as it runs: what they open has to be there before.
settings contains {"at": _at, "option": ["systemd", "services", "incus", "after"], "value": ["remote-fs.target", "zfs-import.target", "zfs-volumes.target"]} if count(incus.instances) > 0

# In the order in which PVE starts them; names and paths have passed the patterns of lib.incus.
_calls := [line | some [_, _, line] in sort([[_order(g), vmid, _call(vmid, g)] | some vmid, g in incus.instances])]

_order(g) := incus.order(g) if {
	true
} else := 1000

_call(vmid, g) := concat(" ", array.concat([_verbs[g.guest.type], sprintf("%d", [vmid]), incus.name(vmid), _then(vmid)], _paths(vmid)))

_verbs := {"lxc": "container", "qemu": "machine"}

_then(vmid) := "start" if {
	incus.started(vmid)
} else := "stay"

_paths(vmid) := sort({path | some path in _opened[vmid]})

_opened[vmid] contains incus.place(d.file).path if {
	some vmid, list in incus.disks_of
	some d in list
}

_opened[vmid] contains incus.place(m.file).path if {
	some vmid, list in incus.mounts_of
	some key, m in list
	key != "rootfs"
	not _images[vmid][key]
}

_opened[vmid] contains image.path if {
	some vmid, list in _images
	some image in list
}

_images[vmid][key] := place if {
	some vmid, list in incus.mounts_of
	some key, _ in list
	key != "rootfs"
	place := incus.mounted(vmid, key)
	place.from
	place.kind == "block"
}

_volumes contains path if {
	some vmid, paths in _opened
	some path in paths
	regex.match(`^/dev/[A-Za-z0-9_.+][A-Za-z0-9_.+-]*/(vm|base)-[A-Za-z0-9_.+-]+$`, path)
}

# Images of Ceph by the link under which the document names them.
_mapped[path] := sort(found)[0].image if some path, found in _found

# Two guests can have one image.
_found[place.path] contains {"image": image, "at": d.at} if {
	some d in _drives
	place := incus.place(d.file)
	place.kind == "rbd"
	image := rbd.of(d.file)
}

_drives contains d if {
	some list in incus.disks_of
	some d in list
}

_drives contains m if {
	some list in incus.mounts_of
	some key, m in list
	key != "rootfs"
}

carries contains c if some c in rbd.carries({image.storage | some image in _mapped})

# rbd calls modprobe by a path of Debian.
settings contains {"at": sort({f.at | some found in _found; some f in found}), "option": ["boot", "kernelModules"], "value": ["rbd"]} if count(_mapped) > 0

# A second run leaves a device that is there; without the image there is none, and the instance waits.
_lines := array.flatten([
	[sprintf("lvchange --activate y --ignoreactivationskip %s || true", [path]) | some path in sort(_volumes)],
	["mkdir -p /run/incus-volumes" | count(_images) > 0],
	[sprintf("test -b %[1]s || { test -f %[2]s && ln -sfn \"$(losetup --find --show %[2]s)\" %[1]s; } || true", [image.path, image.from]) |
		some list in _images
		some image in list
	],
	[line | count(_mapped) > 0; some line in rbd.functions],
	[sprintf("map %s %s %s || true", [link, image.image, image.words]) | some link, image in _mapped],
])

_programs := array.flatten([
	["lvm2" | count(_volumes) > 0],
	["util-linux" | count(_images) > 0],
	["ceph-client" | count(_mapped) > 0],
])

_network := ["network-online.target" | count(_mapped) > 0]

settings contains _unit("incus-volumes", path, value) if {
	count(_lines) > 0
	some [path, value] in array.concat(
		[
			[["description"], "Volumes of the instances"],
			[["after"], array.concat(["remote-fs.target", "zfs.target"], _network)],
			[["wantedBy"], ["incus.service"]],
			[["before"], ["incus.service"]],
			[["serviceConfig"], {"Type": "oneshot", "RemainAfterExit": true}],
			[["path"], [{"_ref": ["pkgs", name]} | some name in _programs]],
			[["script"], concat("\n", _lines)],
		],
		_taken_away,
	)
}

_taken_away := [
	[["wants"], _network],
	[["postStop"], concat("\n", array.concat([sprintf("%s || true", [rbd.unmap(link)]) | some link, _ in _mapped], [""]))],
] if {
	count(_mapped) > 0
} else := []
