# METADATA
# title: Which lines of sysctl.d hold
# description: |
#  The last line of a key wins, as systemd-sysctl has it, which reads the files
#  by name. /etc/sysctl.conf is read as 99-sysctl.conf, by a link that Debian
#  has up to 12; on PVE 9 its lines count only where somebody made the link.
package lib.sysctl

import data.lib.guard

# METADATA
# title: Keys that NixOS or systemd sets to paths and names of the new system
# description: key → why PVE's value must not go there
owned := {
	"kernel.core_pattern": "names a program by its path on Debian",
	"kernel.domainname": "networking.domain sets it",
	"kernel.hostname": "networking.hostName sets it",
	"kernel.hotplug": "names a program by its path on Debian",
	"kernel.modprobe": "NixOS sets the path of its own modprobe",
	"kernel.poweroff_cmd": "NixOS sets the path of its own poweroff",
}

# METADATA
# title: Lines that are not read
# description: index of lines of /etc/sysctl.conf on PVE 9 and later
unread contains i if {
	input.host.pve_major >= 9
	not _linked
	some i, p in input.system.sysctl
	startswith(p.source, "/etc/sysctl.conf:")
}

_linked if {
	some f in input.local_files
	f.kind == "link"
	regex.match(`^/etc/sysctl\.d/[^/]+\.conf$`, f.path)
	regex.match(`^(\.\./|/etc/)sysctl\.conf$`, f.target)
}

# METADATA
# title: Lines by key
# description: key → indexes of the lines that are read
lines[p.key] contains i if {
	some i, p in input.system.sysctl
	not i in unread
}

# METADATA
# title: What holds for each key
# description: key → value as text or number; a key that does not fit is not here
effective[key] := _typed(value) if {
	some key, indexes in lines
	not owned[key]
	not data.catalog.sysctls_dropped[key]
	regex.match(`^[a-z][a-z0-9_-]*([./][A-Za-z0-9_*:/-]+)+$`, key)
	value := regex.replace(trim_space(input.system.sysctl[last(indexes)].value), `[\t ]+`, " ")
	value != ""
	guard.line(value)
	_fits(key, value)
}

# NixOS takes numbers alone for these two, since it compares them.
_numbers := {"net.core.rmem_max", "net.core.wmem_max"}

_fits(key, _) if not key in _numbers

_fits(_, value) if regex.match(`^(0|[1-9][0-9]{0,14})$`, value)

# METADATA
# title: The line of a key that holds
# description: indexes of lines → the index of the one that is read last
last(indexes) := max({[_file(object.get(input.system.sysctl[i], "source", "")), i] | some i in indexes})[1]

_file(source) := "99-sysctl.conf" if {
	startswith(source, "/etc/sysctl.conf:")
} else := regex.replace(source, `^.*/|:[0-9]+$`, "")

_typed(text) := to_number(text) if {
	regex.match(`^(0|-?[1-9][0-9]{0,14})$`, text)
} else := text

# METADATA
# title: What a package of PVE sets outside of /etc
# description: key → value, where no line of /etc says otherwise
of_pve[key] := value if {
	some key, value in data.catalog.pve_sysctls
	not lines[key]
}
