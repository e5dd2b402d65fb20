# METADATA
# scope: package
# title: Options of modules in modprobe.d are not those that are in effect
# description: |
#  modprobe.d says {options}; the running module has {values}. The file was changed and
#  update-initramfs was not run, or somebody wrote to /sys since. NixOS puts the lines of
#  modprobe.d into its initial RAM disk, so after the boot the values of the file hold: a
#  cache becomes larger or smaller, nested guests start or stop to work.
# custom:
#  id: PVE-KRN-004
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: modprobe.d
#  equivalent: boot.extraModprobeConfig
#  account: none
#  workaround: |
#   Decide which of the two is meant and write it to the file on PVE before the conversion
#   (`update-initramfs -u -k all`, restart), or change the line in boot.extraModprobeConfig.
#  test:
#   before: |
#    `cat /sys/module/MODULE/parameters/NAME` on PVE prints another value than the file.
#   after: |
#    `cat /sys/module/MODULE/parameters/NAME` prints the value of boot.extraModprobeConfig
#    on the trial system.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/kmod/modprobe.d.5.en.html
#   - https://search.nixos.org/options?query=boot.extraModprobeConfig
#   - https://pve.proxmox.com/wiki/ZFS_on_Linux
package rules.kernel.options_not_in_effect

_running := object.union_n([{concat(".", [replace(p.module, "-", "_"), p.name]): p.value} | some p in input.hardware.module_parameters])

_written[i] := options if {
	some i, p in input.system.modprobe
	["options", module] = split(p.key, " ")
	options := object.union_n([{concat(".", [replace(module, "-", "_"), key]): value} |
		some pair in regex.find_n(`[A-Za-z0-9_]+=[^ ]+`, p.value, -1)
		[key, value] := split(pair, "=")
	])
}

# The kernel shows switches as Y and N, numbers of a file may be in hexadecimal or with a suffix.
_plain(text) := "1" if {
	text in {"1", "Y", "y", "on"}
} else := "0" if {
	text in {"0", "N", "n", "off"}
} else := text

# A list has a value for each device in /sys, however many the file names.
_differs[i] contains name if {
	some i, options in _written
	some name, value in options
	regex.match(`^([0-9]+|[YyNn]|on|off)$`, value)
	_plain(_running[name]) != _plain(value)
	not contains(_running[name], ",")
}

# A later line of the same option counts.
_last[name] := max(indexes) if some name, indexes in _lines

_lines[name] contains i if {
	some i, options in _written
	some name, _ in options
}

_shown[i][name] := [value, _running[name]] if {
	some i, names in _differs
	some name in names
	_last[name] == i
	value := _written[i][name]
}

findings contains {"at": sort([sprintf("/system/modprobe/%d", [i]) | some i, _ in _shown]), "vars": {
	"options": concat(", ", sort([sprintf("%s=%s", [name, pair[0]]) | some names in _shown; some name, pair in names])),
	"values": concat(", ", sort([sprintf("%s=%s", [name, pair[1]]) | some names in _shown; some name, pair in names])),
}} if {
	count(_shown) > 0
}
