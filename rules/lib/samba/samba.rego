# METADATA
# title: Shares of Samba
# description: What smb.conf of a server of its own says, and whether all of it can be said to the Samba of NixOS.
package lib.samba

import data.lib.facts
import data.lib.guard
import data.lib.lines

_file := "/etc/samba/smb.conf"

_own := {"global", "homes", "netlogon", "print$", "printers", "sysvol"}

# METADATA
# title: Lines by section
# description: list of {at, section, key, value}; a line that is a secret has no value.
entries := [{"at": lines.at(_file, i), "section": section, "key": key, "value": object.get(p, "value", null)} |
	some i, p in lines.files[_file].properties
	some [_, section, key] in regex.find_all_string_submatch_n(`^(.*)\.([^.]*)$`, p.key, 1)
]

# METADATA
# title: Names of shares that somebody made
shares contains e.section if {
	some e in entries
	e.key == "path"
	not e.section in _own
}

# METADATA
# title: Whether Samba serves shares here
serves if {
	"smbd.service" in facts.in_use
	count(shares) > 0
}

# What makes it a member of something, or reads or runs what is not carried.
_beyond := {
	"config backend", "config file", "copy", "dedicated keytab file", "idmap backend", "include", "kerberos method", "passdb backend",
	"postexec", "preexec", "realm", "registry shares", "root postexec", "root preexec", "smb passwd file", "tls certfile", "tls keyfile",
	"username map", "username map script", "wins server",
}

_alone(e) if {
	not e.key in _beyond
	is_string(e.value)
	guard.line(e.value)
	not _member(e.key, lower(e.value))
	regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.$ -]{0,79}$`, e.section)
	regex.match(`^[A-Za-z][A-Za-z0-9_: -]{0,79}$`, e.key)
}

_member("security", value) if not value in {"auto", "user"}

_member("server role", value) if not value in {"auto", "standalone", "standalone server"}

_member("vfs objects", value) if regex.match(`ceph|glusterfs`, value)

# METADATA
# title: Whether NixOS can serve the same
standalone if {
	serves
	every e in entries {
		_alone(e)
	}
}
