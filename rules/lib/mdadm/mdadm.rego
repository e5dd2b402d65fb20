# METADATA
# title: Who is told of a failed disk
# description: The lines of mdadm.conf that the monitor needs. Arrays are assembled by their superblocks.
package lib.mdadm

import data.lib.configfiles
import data.lib.facts

_file := "/etc/mdadm/mdadm.conf"

_one(key) := line if {
	[line] := configfiles.lines(_file, key)
}

_lines["MAILADDR"] := line if {
	line := _one("MAILADDR")
	regex.match(`^[A-Za-z0-9._%+@-]{1,253}$`, line.value)
}

_lines["MAILFROM"] := line if {
	line := _one("MAILFROM")
	regex.match(`^[A-Za-z0-9._%+@-]{1,253}$`, line.value)
}

# A program that somebody wrote; rules carry it.
_lines["PROGRAM"] := line if {
	line := _one("PROGRAM")
	program
}

# METADATA
# title: Program that is called
# description: path and pointer of a script of this host
program := {"path": f.path, "at": sprintf("/local_files/%d", [i])} if {
	line := _one("PROGRAM")
	regex.match(`^/(etc|opt|usr/local)/[A-Za-z0-9_./-]+$`, line.value)
	facts.plain_path(line.value)
	some i, f in input.local_files
	f.path == line.value
	f.kind == "script"
	not object.get(f, "state", "") == "missing"
}

# METADATA
# title: Pointers of the lines
at := sort([line.at | some line in _lines])

# METADATA
# title: The text for boot.swraid.mdadmConf
# description: Root is told where nobody else is, as on Debian; without anybody the monitor does not start.
text := concat("", array.concat([sprintf("MAILADDR %s\n", [_address])], [sprintf("%s %s\n", [key, _lines[key].value]) | some key in ["MAILFROM", "PROGRAM"]; _lines[key]]))

_address := _lines.MAILADDR.value if _lines.MAILADDR

_address := "root" if not _lines.MAILADDR
