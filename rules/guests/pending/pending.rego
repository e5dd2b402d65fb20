# METADATA
# scope: package
# title: Changes of guests take effect with the conversion
# description: |
#  These changes wait for a full stop of their guests: {changes}. The
#  conversion is that stop. A guest then comes up otherwise than it runs now,
#  at the same moment at which the whole host is new, and the one looks like
#  the fault of the other.
# custom:
#  id: PVE-VM-016
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: pending changes
#  account: review
#  workaround: |
#   Stop and start the guests on PVE before the conversion (a reboot from
#   inside is not enough for a VM) and see that they run well, or take the
#   changes back: `qm set VMID --revert KEY`, `pct set VMID --revert KEY`.
#  test:
#   before: |
#    `qm pending VMID` (`pct pending VMID`) on PVE prints lines that begin with
#    new or del.
#   after: |
#    `qm pending VMID` prints only lines that begin with cur.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/qm.1.html
#   - https://pve.proxmox.com/pve-docs/pct.1.html
package rules.guests.pending

import data.lib.drives
import data.lib.facts
import data.lib.guard

_changes contains {"vmid": vmid, "key": _word(p), "at": sprintf("%s/pending/%d", [g.at, i])} if {
	some vmid, g in facts.guests
	some i, p in g.guest.pending
	guard.line(p.key)
}

_word(p) := sprintf("without %s", [p.value]) if {
	p.key == "delete"
	guard.line(p.value)
} else := p.key

findings contains {"at": sort([c.at | some c in _changes]), "vars": {"changes": drives.words(_changes)}} if count(_changes) > 0
