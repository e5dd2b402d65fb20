# METADATA
# scope: package
# title: Snapshots ask for machines that QEMU drops or does not have
# description: |
#  A rollback to {snapshots} brings the machine version of that day back into
#  the configuration. QEMU {version} of proxmox-nixos has machines from
#  {oldest} to {newest}, and versions below {below} go next. The rollback
#  succeeds and the start after it fails: with saved memory there is no way
#  around it, without it the version has to be raised by hand.
# custom:
#  id: PVE-VM-013
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: snapshots of VMs
#  account: none
#  workaround: |
#   Take new snapshots on a newer machine and delete the old ones (`qm
#   delsnapshot VMID NAME`). After a rollback without RAM, raise the version
#   before the start: `qm set VMID --machine pc-q35-{newest}` or
#   pc-i440fx-{newest}.
#  test:
#   before: |
#    `qm config VMID --snapshot NAME | grep machine` on PVE prints a version
#    below {below}, or above {newest}.
#   after: |
#    It prints a version in between, or there is no such snapshot in `qm
#    listsnapshot VMID`.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://www.qemu.org/docs/master/about/deprecated.html
package rules.guests.snapshot_machines

import data.lib.facts
import data.lib.guard
import data.lib.release

_qemu := data.catalog.qemu["proxmox-nixos"]

_pinned contains {"vmid": vmid, "name": s.name, "at": sprintf("%s/snapshots/%d/config/%d", [g.at, i, j])} if {
	some vmid, g in facts.vms
	some i, s in g.guest.snapshots
	guard.line(s.name)
	some j, p in s.config
	p.key in {"machine", "runningmachine"}
	found := regex.find_all_string_submatch_n(`^(?:type=)?pc-(?:q35|i440fx)-([0-9]{1,3}\.[0-9]{1,3})`, p.value, 1)
	_outside(release.series(found[0][1]))
}

_outside(series) if series < release.series(_qemu.warn_below)

_outside(series) if series > release.series(_qemu.newest)

findings contains {
	"at": sort([s.at | some s in _pinned]),
	"vars": {
		"snapshots": concat(", ", sort({sprintf("%s (%d)", [s.name, s.vmid]) | some s in _pinned})),
		"version": _qemu.version, "oldest": _qemu.oldest, "newest": _qemu.newest, "below": _qemu.warn_below,
	},
} if {
	count(_pinned) > 0
}
