# METADATA
# title: Which lines of sysctl.d hold
# description: |
#  The last line of a key wins, as systemd-sysctl has it. A line of
#  /etc/sysctl.conf counts only up to PVE 8: Debian 13 no longer reads it.
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
	some i, p in input.system.sysctl
	startswith(p.source, "/etc/sysctl.conf:")
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
	value := regex.replace(trim_space(input.system.sysctl[max(indexes)].value), `[\t ]+`, " ")
	value != ""
	guard.line(value)
}

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
