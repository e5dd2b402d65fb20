# METADATA
# scope: package
# title: Disks are no longer tested on a schedule
# description: |
#  smartd starts self-tests by {schedules}. The service of NixOS watches attributes with
#  `-a` and starts no test, so sectors that nobody reads go bad unseen until a resilver or a
#  rebuild needs them.
# custom:
#  id: PVE-HW-015
#  kind: pitfall
#  category: service
#  severity: minor
#  component: smartd
#  equivalent: services.smartd.defaults.monitored
#  account: none
#  workaround: |
#   Set services.smartd.enable and services.smartd.defaults.monitored = "-a -o on -s
#   SCHEDULE" with the same schedule (or services.smartd.devices per disk), and
#   services.smartd.notifications.mail for who is told.
#  test:
#   before: |
#    `grep -o -- "-s [^ ]*" /etc/smartd.conf` on PVE prints the schedule.
#   after: |
#    `smartd -q showtests` with the configuration of the unit lists the dates of tests, and
#    a week later `smartctl -l selftest DISK` shows one.
#  phase: run
#  sources:
#   - https://manpages.debian.org/stable/smartmontools/smartd.conf.5.en.html
#   - https://search.nixos.org/options?query=services.smartd.defaults.monitored
package rules.hardware.disk_tests

import data.lib.facts
import data.lib.lines

_schedules[i] := regex.find_n(`(^| )-s [^ ]+`, p.value, 1)[0] if {
	some i, p in lines.files["/etc/smartd.conf"].properties
}

_smartd if {
	some name in ["smartd.service", "smartmontools.service"]
	name in facts.in_use
}

findings contains {"at": sort([lines.at("/etc/smartd.conf", i) | some i, _ in _schedules]), "vars": {"schedules": concat(", ", sort({trim_space(s) | some s in _schedules}))}} if {
	_smartd
	count(_schedules) > 0
}
