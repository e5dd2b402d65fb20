# METADATA
# scope: package
# title: Units that have failed already
# description: |
#  {count} units are in state failed on the running host: {units}. A
#  conversion does not repair them, and a failure that was there before
#  cannot be told from one that the conversion made when the trial system is
#  checked.
# custom:
#  id: PVE-SYS-011
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  account: none
#  workaround: |
#   `systemctl status NAME` and `journalctl -b -u NAME` say why. Repair the
#   unit, or disable what is not wanted, then `systemctl reset-failed` and
#   capture again.
#  test:
#   before: |
#    `systemctl --failed` on PVE lists the units.
#   after: |
#    `systemctl --failed` lists none before the conversion, and none on the trial system.
#  phase: prepare
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
package rules.system.failed_units

_failed[i] := u if {
	some i, u in input.units
	u.active_state == "failed"
	not _of_pve(u)
}

# These have a finding of their own when they do not run.
_of_pve(u) if {
	u.file_state == "enabled"
	u.name in {"corosync.service", "pve-cluster.service", "pvedaemon.service", "pveproxy.service", "pvescheduler.service", "pvestatd.service"}
}

findings contains {"at": at, "vars": {"count": count(at), "units": concat(", ", sort([u.name | some u in _failed]))}} if {
	at := sort([sprintf("/units/%d", [i]) | some i, _ in _failed])
	count(at) > 0
}
