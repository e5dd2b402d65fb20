# METADATA
# scope: package
# title: Policies of sanoid go on
# description: |
#  Data sets and templates of /etc/sanoid/sanoid.conf become those of the module of
#  NixOS, and the timer keeps its quarter of an hour. A section with a line of another
#  form than sanoid's own, such as a script of the host, is left out as a whole, and so is a
#  data set that uses such a template: half a policy could remove snapshots.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.sanoid
#   - https://github.com/jimsalterjrs/sanoid/blob/master/sanoid.defaults.conf
#   - https://github.com/jimsalterjrs/sanoid/wiki/Sanoid
package rules.backup.sanoid

import data.lib.configfiles
import data.lib.facts
import data.lib.waits

_path := "/etc/sanoid/sanoid.conf"

_file := configfiles.files[_path] if {
	facts.packages.sanoid
	"sanoid.timer" in facts.in_use
}

# A section is the name before the last dot: data sets may have dots, keys have none.
_lines contains {"section": found[0][1], "key": found[0][2], "value": line.value, "at": sprintf("%s/properties/%d", [_file.at, i])} if {
	some i, line in _file.lines
	found := regex.find_all_string_submatch_n(`^(.+)\.([^.]+)$`, line.key, 1)
	count(found) == 1
}

_of[l.section] contains l if some l in _lines

_numbers := {
	"daily", "daily_hour", "daily_min", "frequent_period", "frequently", "hourly", "hourly_min", "monthly", "monthly_hour", "monthly_mday", "monthly_min",
	"prune_defer", "weekly", "weekly_hour", "weekly_min", "weekly_wday", "yearly", "yearly_hour", "yearly_mday", "yearly_min", "yearly_mon",
}

_switches := {"autoprune", "autosnap", "monitor", "process_children_only", "skip_children"}

_words := {"0": false, "1": true, "false": false, "no": false, "off": false, "on": true, "true": true, "yes": true}

_meaning(l) := to_number(l.value) if {
	l.key in _numbers
	regex.match(`^(0|[1-9][0-9]{0,5})$`, l.value)
} else := _words[lower(l.value)] if {
	l.key in _switches
} else := "zfs" if {
	l.key == "recursive"
	l.value == "zfs"
} else := _words[lower(l.value)] if {
	l.key == "recursive"
} else := templates if {
	l.key == "use_template"
	templates := [trim_space(t) | some t in split(l.value, ",")]
	every t in templates {
		_whole[sprintf("template_%s", [t])]
	}
}

# Sections of which every line is understood. Templates use no templates.
_whole[section] := lines if {
	some section, lines in _of
	regex.match(`^template_[A-Za-z0-9_-]{1,64}$`, section)
	every l in lines {
		l.key in (_numbers | _switches)
		_plain(l)
	}
}

_plain(l) if {
	l.key in _numbers
	regex.match(`^(0|[1-9][0-9]{0,5})$`, l.value)
}

_plain(l) if {
	l.key in _switches
	lower(l.value) in object.keys(_words)
}

_datasets[section] := lines if {
	some section, lines in _of
	regex.match(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9_.:-]+)*$`, section)
	not startswith(section, "template_")
	every l in lines {
		_understood(l)
	}
}

_understood(l) if _meaning(l) in {true, false}

_understood(l) if is_number(_meaning(l))

_understood(l) if is_array(_meaning(l))

_understood(l) if _meaning(l) == "zfs"

_option(at, path, value) := {"at": at, "option": array.concat(["services", "sanoid"], path), "value": value}

# The template that sanoid's own defaults name is in its package.
_used := {sprintf("template_%s", [t]) | some lines in _datasets; some l in lines; l.key == "use_template"; some t in _meaning(l)}

settings contains _option([l.at], ["datasets", section, l.key], _meaning(l)) if {
	some section, lines in _datasets
	some l in lines
}

settings contains _option([l.at], ["templates", trim_prefix(section, "template_"), l.key], _meaning(l)) if {
	some section, lines in _whole
	section in _used
	some l in lines
}

_units := [facts.units[name].at | some name in ["sanoid-prune.service", "sanoid.service", "sanoid.timer"]]

settings contains _option(_units, path, value) if {
	count(_datasets) > 0
	some [path, value] in [[["enable"], true], [["interval"], "*:0/15"]]
}

# It takes snapshots and removes old ones: not before the commit of a trial.
settings contains {"at": _units, "option": ["systemd", "services", "sanoid", "unitConfig", "ConditionPathExists"], "value": waits.condition} if {
	count(_datasets) > 0
}

checks contains {"at": [facts.units["sanoid.timer"].at], "check": "unit-active", "params": {"unit": "sanoid.timer"}, "required": false} if {
	count(_datasets) > 0
}
