# METADATA
# scope: package
# title: Overrides of units are not taken over
# description: |
#  Drop-in files in /etc/systemd/system change {units}: limits, order,
#  environment, options of daemons. On NixOS the unit comes from its module
#  without the change, so a daemon may start too early, with other options,
#  or with less memory than it was given.
# custom:
#  id: PVE-SYS-010
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  equivalent: systemd.services.<name>.serviceConfig
#  account: none
#  workaround: |
#   `systemctl cat NAME` shows each override. Put what is still wanted into
#   systemd.services.NAME.serviceConfig, .after or .environment of the new
#   system; secrets go into a file named by EnvironmentFile.
#  test:
#   before: |
#    `systemd-delta --type=extended` on PVE lists the files.
#   after: |
#    `systemctl show NAME` on the trial system prints the same value for each
#    property that the override sets.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://search.nixos.org/options?query=systemd.services
package rules.system.unit_overrides

import data.lib.facts

# The network and cluster units have rules of their own.
_changed[i] := u if {
	some i, u in input.units
	u.name in facts.in_use
	some path in u.drop_ins
	startswith(path, "/etc/systemd/system/")
}

findings contains {"at": at, "vars": {"units": concat(", ", sort([u.name | some u in _changed]))}} if {
	at := sort([sprintf("/units/%d", [i]) | some i, _ in _changed])
	count(at) > 0
}
