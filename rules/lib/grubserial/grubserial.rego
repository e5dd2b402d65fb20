# METADATA
# title: GRUB's menu on a serial line
# description: The commands of GRUB that /etc/default/grub stands for, where it shows its menu on a serial line.
package lib.grubserial

import data.lib.configfiles

_path := "/etc/default/grub"

# file and folder, in the order in which update-grub reads them; the last line of a key holds
_last := object.union_n([{line.key: line} |
	some line in configfiles.below(_path)
	_read(line.path)
	line.key in {"GRUB_SERIAL_COMMAND", "GRUB_TERMINAL", "GRUB_TERMINAL_INPUT", "GRUB_TERMINAL_OUTPUT"}
	is_string(line.value)
])

_read(path) if path == _path

_read(path) if {
	startswith(path, "/etc/default/grub.d/")
	endswith(path, ".cfg")
}

_terminals(key) := words if {
	text := object.get(_last, [key, "value"], object.get(_last, ["GRUB_TERMINAL", "value"], ""))
	words := [word | some word in regex.split(`\s+`, trim_space(text)); word != ""]
	every word in words {
		word in {"console", "gfxterm", "serial", "at_keyboard", "usb_keyboard"}
	}
}

_serial := text if {
	text := trim_space(object.get(_last, ["GRUB_SERIAL_COMMAND", "value"], "serial"))
	regex.match(`^serial( --(unit|port|speed|word|parity|stop)=[A-Za-z0-9]{1,16})*$`, text)
}

# METADATA
# title: Lines for its configuration
lines := array.concat([_serial], [concat(" ", array.concat([command], words)) |
	some [command, key] in [["terminal_input", "GRUB_TERMINAL_INPUT"], ["terminal_output", "GRUB_TERMINAL_OUTPUT"]]
	words := _terminals(key)
	count(words) > 0
]) if {
	input.system.boot.loader == "grub"
	"serial" in array.concat(_terminals("GRUB_TERMINAL_INPUT"), _terminals("GRUB_TERMINAL_OUTPUT"))
} else := []

# METADATA
# title: Facts that they follow from
at := sort([line.at | some line in _last])
