# METADATA
# title: Hook scripts of guests
# description: |
#  Where the script of a guest lies, whether it is on the root of PVE, and how a
#  shell calls it as PVE does. Scripts begin with an interpreter of Debian, which
#  NixOS has elsewhere: it is called by its name.
package lib.guesthooks

import data.lib.disks
import data.lib.facts
import data.lib.images
import data.lib.pve
import data.lib.volumes

# METADATA
# title: Scripts by guest
# description: "vmid → {at, path, root}; templates never start."
list[vmid] := {"at": g.config.hookscript.at, "path": path, "root": root} if {
	some vmid, g in facts.guests
	not pve.template(g)
	volume := g.config.hookscript.property.value
	id := volumes.storage_of(volume)
	s := disks.storages[id]
	path := regex.replace(images.of(volume).source.file, `/+`, "/")
	regex.match(`^/[A-Za-z0-9_.@+=/-]+$`, path)
	root := _root(s)
}

# What is mounted keeps its files, and a copy below would never be seen.
default _root(_) := false

_root(s) if {
	s.section.type in {"btrfs", "dir"}
	not volumes.guarded(s)
	not startswith(s.properties.path.property.value, "/mnt/pve/")
}

# METADATA
# title: Files that come along
# description: "[{at, path, to, mode, secret}], as elements of carries, for a set of guests."
carries(vmids) := [{"at": sort({list[vmid].at | some vmid in holders} | object.get(_files, path, set())), "path": path, "to": path, "mode": "0755", "secret": true} | some path, holders in _held(vmids)]

# The file is a fact of its own where it is on the root.
_files[f.path] contains sprintf("/local_files/%d", [i]) if some i, f in input.local_files

_held(vmids) := {path: holders |
	some path in {list[vmid].path | some vmid in vmids; list[vmid].root}
	holders := {vmid | some vmid in vmids; list[vmid].path == path}
}

# METADATA
# title: Packages of what scripts are written in and call
packages := ["bash", "kmod", "pciutils", "perl", "procps", "python3"]

# METADATA
# title: A function of the shell that calls a script
# description: "hook SCRIPT VMID PHASE"
functions := [
	"hook() { # script, number of the guest, phase",
	`  read -r first <"$1" || test -s "$1"`,
	`  case $first in`,
	`  "#!"*perl*) perl "$@" ;;`,
	`  "#!"*python*) python3 "$@" ;;`,
	`  "#!"*bash*) bash "$@" ;;`,
	`  "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;`,
	`  *) "$@" ;;`,
	"  esac",
	"}",
]
