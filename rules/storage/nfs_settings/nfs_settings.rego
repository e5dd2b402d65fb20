# METADATA
# scope: package
# title: Settings of NFS
# description: |
#  What nfs.conf says to the server, its lock and status daemons is what
#  services.nfs.settings says: versions, ports, threads. What nfsmount.conf says to
#  mounts of this host stays a file, which mount.nfs reads at the same place. Lines with
#  paths are left: they name files of Debian.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.nfs.settings
#   - https://manpages.debian.org/stable/nfs-common/nfs.conf.5.en.html
#   - https://manpages.debian.org/stable/nfs-common/nfsmount.conf.5.en.html
package rules.storage.nfs_settings

import data.lib.configfiles
import data.lib.facts

_used if facts.packages["nfs-common"]

_sections := {"exportd", "exportfs", "lockd", "mountd", "nfsd", "statd"}

# Of a key that repeats the last line holds.
_set[section][key] contains {"i": i, "value": line.value, "at": line.at} if {
	_used
	some i, line in configfiles.below("/etc/nfs.conf")
	regex.match(`^/etc/nfs\.conf(\.d/[A-Za-z0-9_.-]+\.conf)?$`, line.path)
	[[_, section, key]] := regex.find_all_string_submatch_n(`^([a-z]+)\.([a-z0-9][a-z0-9._-]{0,40})$`, line.key, 1)
	section in _sections
	regex.match(`^[A-Za-z0-9_.:+-]{1,64}$`, line.value)
}

settings contains {"at": sort([line.at | some line in lines]), "option": ["services", "nfs", "settings"], "value": {section: {key: value}}} if {
	some section, keys in _set
	some key, lines in keys
	last := max({line.i | some line in lines})
	some line in lines
	line.i == last
	value := line.value
}

_mounts := [line |
	_used
	some line in configfiles.below("/etc/nfsmount.conf")
	line.path == "/etc/nfsmount.conf"
]

_text := concat("", [row | some line in _mounts; row := _row(line)])

_row(line) := sprintf("[ %s ]\n%s=%s\n", [found[0][1], found[0][2], line.value]) if {
	found := regex.find_all_string_submatch_n(`^(NFSMount_Global_Options|(?:Server|MountPoint) "[A-Za-z0-9_./:-]+")\.([A-Za-z]+)$`, trim_space(line.key), 1)
	count(found) == 1
	regex.match(`^[A-Za-z0-9_.:+-]{1,64}$`, line.value)
}

settings contains {"at": [line.at | some line in _mounts; _row(line)], "option": ["environment", "etc", "nfsmount.conf", "text"], "value": _text} if {
	_text != ""
}

bridges contains {"at": sort(_kept), "bridge": "storage", "params": {"file": "/etc/nfs.conf"}} if count(_kept) > 0

_kept := {at | some s in settings; some at in s.at}
