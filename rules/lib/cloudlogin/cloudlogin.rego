# METADATA
# title: Logins of cloud-init that are in no snapshot
# description: |
#  Passwords and keys are read on the new system from a copy of PVE's file, and
#  files of cicustom where they lie.
package lib.cloudlogin

import data.lib.facts
import data.lib.images
import data.lib.pve

# METADATA
# title: Machines with a password or keys
# description: "vmid → {at, path, to}: the file of the machine, and its copy that only root can read."
list[vmid] := {"at": sort([g.config[key].at | some key in keys]), "path": path, "to": sprintf("/var/lib/pve2nix%s", [path])} if {
	some vmid, g in pve.vms
	keys := [key | some key in ["cipassword", "sshkeys"]; g.config[key]]
	keys != []
	paths := {found[0][1] |
		some key in keys
		found := regex.find_all_string_submatch_n(sprintf(`^(/etc/pve/nodes/[A-Za-z0-9-]{1,63}/qemu-server/%d\.conf):[0-9]+$`, [vmid]), g.config[key].property.source, 1)
	}
	[path] := [one | some one in paths]
}

# METADATA
# title: Files of cicustom
# description: vmid → kind of data → path.
files[vmid] := found if {
	some vmid, g in pve.vms
	found := {kind: min(paths) |
		some name, kind in _kinds
		paths := {path |
			some f in g.config.cicustom.property.fields
			f.name == name
			path := images.of(f.value).source.file
			regex.match(`^/[A-Za-z0-9_.@+=/-]+$`, path)
			facts.plain_path(path)
		}
		count(paths) > 0
	}
	count(found) > 0
}

_kinds := {"network": "network-config", "user": "user-data", "vendor": "vendor-data"}
