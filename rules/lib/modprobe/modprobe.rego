# METADATA
# title: Lines of modprobe.d that mean the same on NixOS
# description: |
#  Options, dependencies and aliases are the same everywhere. An install line
#  is taken only where it keeps a module away; other commands are Debian's.
package lib.modprobe

import data.lib.guard

# METADATA
# title: Lines by index
# description: index of /system/modprobe → the line as it goes into modprobe.d
lines[i] := sprintf("%s %s %s", [command, name, value]) if {
	some i, p in input.system.modprobe
	[command, name] := split(p.key, " ")
	guard.module(name)
	value := _value(command, p.value)
}

_value("options", text) := text if _plain(text)

_value("softdep", text) := text if regex.match(`^(pre:|post:)[A-Za-z0-9_: -]+$`, text)

_value("alias", text) := text if guard.module(text)

_value("install", text) := sprintf("/run/current-system/sw/bin/%s", [name]) if {
	regex.match(`^/(usr/)?bin/(true|false)$`, text)
	parts := split(text, "/")
	name := parts[count(parts) - 1]
}

_plain(text) if {
	text != ""
	regex.match(`^[ -~]+$`, text)
	not regex.match("[\"`\\\\#]", text)
}
