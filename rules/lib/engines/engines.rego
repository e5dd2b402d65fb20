# METADATA
# title: Where engines of containers keep their state
# description: Images, volumes and the containers themselves lie in one folder; whether it is on the root, which stays behind, or on a file system of its own.
package lib.engines

import data.lib.configfiles
import data.lib.facts

# METADATA
# title: Folders by engine
folders := object.union({"docker": "/var/lib/docker", "podman": "/var/lib/containers"}, {"docker": root | root := _data_root})

_data_root := configfiles.value("/etc/docker/daemon.json", "data-root")

# Mounted on NixOS as it is here: a line of fstab, or a data set that says where it is.
_places contains f.file if {
	some f in input.storage.fstab
	not f.type in {"swap", "tmpfs", "none"}
	not "bind" in f.options
}

_places contains p.value if {
	some pool in input.storage.zfs_pools
	some d in pool.datasets
	d.kind == "filesystem"
	not regex.match(`^[^/]+/ROOT/`, d.name)
	some p in d.properties
	p.name == "mountpoint"
}

_system := {"/", "/boot", "/boot/efi", "/etc", "/nix", "/usr", "/var", "/var/lib"}

# METADATA
# title: Engines whose folder is on a file system of its own
# description: engine → folder
kept[engine] := folder if {
	some engine, folder in folders
	facts.plain_path(folder)
	some place in (_places - _system)
	startswith(concat("", [folder, "/"]), concat("", [place, "/"]))
}
