# METADATA
# scope: package
# title: Fans by temperature
# description: |
#  fancontrol runs with the lines of /etc/fancontrol. They name chips by the number that the
#  kernel gave them, and beside it by path and name: where another kernel counts otherwise,
#  fancontrol sees that and gives the fans back to the board, whose own speed is the safe one.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=hardware.fancontrol
#   - https://github.com/lm-sensors/lm-sensors/blob/master/prog/pwm/fancontrol
package rules.hardware.fan_control

import data.lib.facts
import data.lib.lines

_unit := facts.units["fancontrol.service"].at if "fancontrol.service" in facts.in_use

_file := "/etc/fancontrol"

_keys := {"INTERVAL", "DEVPATH", "DEVNAME", "FCTEMPS", "FCFANS", "MINTEMP", "MAXTEMP", "MINSTART", "MINSTOP", "MINPWM", "MAXPWM", "AVERAGE"}

# A line less could stop a fan, so all are taken or none. Without path and name nothing would notice another order of chips.
_ready if {
	_unit
	{"DEVPATH", "DEVNAME", "FCTEMPS"} & {p.key | some p in lines.files[_file].properties} == {"DEVPATH", "DEVNAME", "FCTEMPS"}
	every p in lines.files[_file].properties {
		p.key in _keys
		regex.match(`^[A-Za-z0-9 =_./:+-]{1,1000}$`, p.value)
	}
}

settings contains {"at": [_unit], "option": ["hardware", "fancontrol", "enable"], "value": true} if _ready

settings contains {
	"at": [lines.at(_file, i) | some i, _ in lines.files[_file].properties],
	"option": ["hardware", "fancontrol", "config"],
	"value": concat("", [sprintf("%s=%s\n", [p.key, p.value]) | some p in lines.files[_file].properties]),
} if {
	_ready
}

checks contains {"at": [_unit], "check": "unit-active", "params": {"unit": "fancontrol.service"}, "required": false} if _ready
