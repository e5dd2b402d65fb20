# METADATA
# title: Ceph daemons of this host
package lib.ceph

# METADATA
# title: Ids by kind of daemon
# description: mon, mgr, mds, osd → set of ids that have the form of one
ids[kind] := {id |
	some name in input.storage.ceph.daemons
	startswith(name, concat("", [kind, "."]))
	id := trim_prefix(name, concat("", [kind, "."]))
	regex.match(_form[kind], id)
} if {
	some kind in object.keys(_form)
}

_form := {
	"mds": `^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`,
	"mgr": `^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`,
	"mon": `^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$`,
	"osd": `^[0-9]{1,6}$`,
}
