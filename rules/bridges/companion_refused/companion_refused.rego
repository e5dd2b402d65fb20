# METADATA
# scope: package
# title: "The companion does not run {unit}, as the answers ask: {why}"
# description: |
#  The answers give {unit} to the companion, the clone of the old root that runs beside
#  NixOS on one kernel, one network and the same guests. It is left out there, because
#  {why}. The unit is treated as if nothing had been answered about it.
# custom:
#  id: PVE-CMP-004
#  kind: pitfall
#  category: service
#  severity: major
#  component: companion
#  account: none
#  workaround: |
#   Say another thing of it: `units: {"{unit}": {keep: "how"}}` where you write it again as
#   a unit of NixOS, or `{drop: "why"}`.
#  test:
#   before: |
#    `systemctl status {unit}` on PVE shows what it does.
#   after: |
#    `systemctl -M companion is-active {unit}` prints inactive.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-nspawn.html
package rules.bridges.companion_refused

import data.lib.companion
import data.lib.facts

findings contains {"at": [facts.units[name].at], "vars": {"unit": name, "why": concat("; ", sort(_why[name]))}} if some name, _ in _why

_why[name] := reasons if {
	some name, reasons in companion.refused
	count(reasons) > 0
}

_why[name] := {"they also say that no companion is wanted"} if {
	some name in companion.by_answer
	companion.declined
	count(object.get(companion.refused, name, set())) == 0
}
