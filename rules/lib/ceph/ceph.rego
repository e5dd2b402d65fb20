# METADATA
# title: Ceph daemons of this host
package lib.ceph

# METADATA
# title: Whether it is known which cluster the host is of
# description: Of a line that repeats the last one holds. Without the id no daemon gets a unit.
known if {
	lines := [i | some i, p in input.storage.ceph.config; p.key == "global.fsid"]
	regex.match(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, input.storage.ceph.config[max(lines)].value)
}

# METADATA
# title: Ids by kind of daemon
# description: mon, mgr, mds, osd → set of ids that have the form of one
ids[kind] := _named[kind] | _activated[kind] if some kind in object.keys(_form)

_named[kind] := {id |
	some name in input.storage.ceph.daemons
	startswith(name, concat("", [kind, "."]))
	id := trim_prefix(name, concat("", [kind, "."]))
	regex.match(_form[kind], id)
} if {
	some kind in object.keys(_form)
}

# The directory of an OSD on LVM is made at each boot; a disk that is not
# running shows it only by the unit that activates its volume.
_activated["osd"] := {found[0][1] |
	some u in input.units
	u.file_state in {"enabled", "enabled-runtime"}
	found := regex.find_all_string_submatch_n(`^ceph-volume@lvm-([0-9]{1,6})-[0-9a-f-]{36}\.service$`, u.name, 1)
	count(found) > 0
}

_activated[kind] := set() if some kind in {"mds", "mgr", "mon"}

_form := {
	"mds": `^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`,
	"mgr": `^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`,
	"mon": `^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`,
	"osd": `^[0-9]{1,6}$`,
}
