# METADATA
# title: Datastores of a backup server on this host
# description: |
#  Where a Proxmox Backup Server beside PVE keeps its backups, and whether these
#  places are file systems of their own, which NixOS mounts at the same paths. One
#  within the root of PVE would be a second copy in a clone of it, and no other
#  backup would know of what is written there.
# related_resources:
#  - https://pbs.proxmox.com/docs/configuration-files.html#datastore-cfg
package lib.datastores

import data.lib.configfiles
import data.lib.disks
import data.lib.facts
import data.lib.mounts

_file := "/etc/proxmox-backup/datastore.cfg"

# METADATA
# title: The facts that speak of them
at := [line.at | some line in configfiles.lines(_file, "path")]

_named := {line.value | some line in configfiles.lines(_file, "path")}

# METADATA
# title: Folders of datastores
# description: Undefined where one of them is within the root, or is no plain path.
paths := _named if {
	count(_named) > 0
	every path in _named {
		facts.plain_path(path)
		regex.match(`^(/[A-Za-z0-9_.@-]+)+$`, path)
		_apart(path)
	}
}

_apart(path) if {
	some place in _places
	_within(path, place)
}

_within(path, place) if path == place

_within(path, place) if startswith(path, concat("", [place, "/"]))

_places contains m.file if some m in mounts.taken

_places contains m.target if some m in mounts.units

_places contains m.target if {
	some m in input.storage.mounts
	m.type == "zfs"
	m.target != "/"
	split(m.source, "/")[0] in {p.name | some p in disks.pools}
}
