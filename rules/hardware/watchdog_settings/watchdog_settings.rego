# METADATA
# scope: package
# title: The watchdog is fed as this host has it
# description: |
#  Times and device of the watchdog that systemd feeds, from system.conf and its
#  drop-ins; the last one counts. They take the place of those that every conversion
#  sets. A watchdog that is switched off there is fed all the same: it ends a trial
#  that hangs.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html
#   - https://search.nixos.org/options?query=systemd.watchdog
package rules.hardware.watchdog_settings

_options := {"Manager.RebootWatchdogSec": "rebootTime", "Manager.RuntimeWatchdogSec": "runtimeTime", "Manager.WatchdogDevice": "device"}

_said[option] contains {"place": place, "at": sprintf("/config_files/%d/properties/%d", [i, j]), "value": p.value} if {
	some i, f in input.config_files
	startswith(f.path, "/etc/systemd/system.conf")
	place := _place(f.path)
	some j, p in f.properties
	option := _options[p.key]
}

# Drop-ins are read after the file, by their names.
_place("/etc/systemd/system.conf") := [0, ""]

_place(path) := [1, trim_prefix(path, "/etc/systemd/system.conf.d/")] if {
	startswith(path, "/etc/systemd/system.conf.d/")
}

_kept[option] := last if {
	some option, all in _said
	last := [s | some place in sort({s.place | some s in all}); some s in all; s.place == place][count(all) - 1]
	_readable(option, last.value)
}

_readable("device", text) if regex.match(`^/dev/watchdog[0-9]{0,2}$`, text)

_readable(option, text) if {
	option != "device"
	regex.match(`^[1-9][0-9]{0,5} ?(s|sec|second|seconds|m|min|minute|minutes|h|hour|hours)?$`, text)
}

settings contains {"at": sort([s.at | some s in _said[option]]), "option": ["systemd", "watchdog", option], "value": {"_mkForce": last.value}} if some option, last in _kept
