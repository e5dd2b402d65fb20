# METADATA
# scope: package
# title: Fan control goes by numbers that another kernel gives out anew
# description: |
#  /etc/fancontrol names {chips}. The numbers of hwmon follow the order in which drivers
#  load, which differs on NixOS and its kernel. fancontrol notices that a number belongs to
#  another chip and stops with an error: fans stay at what the board gives them, or, when it
#  stops later, at the last speed it had set.
# custom:
#  id: PVE-HW-013
#  kind: pitfall
#  category: service
#  severity: major
#  component: fancontrol
#  equivalent: hardware.fancontrol.config
#  account: none
#  workaround: |
#   Load the same sensor drivers by boot.kernelModules, set hardware.fancontrol.enable and
#   hardware.fancontrol.config, and run `pwmconfig` once on the trial system to get the
#   numbers of that kernel. Or use a tool that finds chips by name (fan2go).
#  test:
#   before: |
#    `grep DEVNAME /etc/fancontrol` and `grep . /sys/class/hwmon/hwmon*/name` on PVE agree.
#   after: |
#    `systemctl is-active fancontrol` prints active on the trial system, and `sensors` shows
#    the fans following a load.
#  phase: run
#  sources:
#   - https://manpages.debian.org/stable/fancontrol/fancontrol.8.en.html
#   - https://search.nixos.org/options?query=hardware.fancontrol
package rules.hardware.fan_numbers

import data.lib.facts
import data.lib.lines

findings contains {"at": sort([lines.at("/etc/fancontrol", i) | some i, _ in _named]), "vars": {"chips": concat(", ", sort({name | some name in _named}))}} if {
	"fancontrol.service" in facts.in_use
	count(_named) > 0
}

_named[i] := p.value if {
	some i, p in lines.files["/etc/fancontrol"].properties
	p.key in {"DEVNAME", "DEVPATH"}
}
