# METADATA
# scope: package
# title: "Guests run: {vmids}"
# description: |
#  {vmids} run on this host. The restart into the trial would stop them, at a moment that
#  their users did not choose, and one that does not react to the request is cut off when
#  its time is over. Their disks have to be at rest too: only then are they after a
#  fallback what they were before.
# custom:
#  id: PVE-CNV-012
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: guests
#  account: none
#  inhibits: refuse
#  workaround: |
#   Move them to another node (`qm migrate VMID NODE --online`, `pct migrate VMID NODE
#   --restart`), or shut them down: `qm shutdown VMID`, `pct shutdown VMID`. Guests that
#   hibernate keep memory that NixOS cannot resume: resume and shut them down. Backups of
#   today are a good idea. Capture again.
#  test:
#   before: |
#    `qm list` and `pct list` print running for {vmids}.
#   after: |
#    `qm list` and `pct list` print no running guest.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/qm.1.html
#   - https://pve.proxmox.com/pve-docs/pct.1.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvesdn.html
package rules.conversion.guests_run

import data.lib.facts
import data.lib.pve

# The unit of a container is there while it runs.
_running[vmid] contains u.at if {
	some vmid, _ in facts.containers
	u := facts.units[sprintf("pve-container@%d.service", [vmid])]
	u.unit.active_state in {"active", "activating", "deactivating", "reloading"}
}

# A virtual machine is a process.
_running[vmid] contains g.at if {
	some vmid, g in facts.vms
	g.guest.running
}

# Both have cards on the host's side while they run, tap100i0 and veth200i0: where processes could not be looked at, these say it.
_running[vmid] contains sprintf("/network/links/%d", [i]) if {
	some i, l in input.network.links
	found := regex.find_all_string_submatch_n(`^(?:tap|veth)([1-9][0-9]{2,8})i[0-9]{1,2}$`, l.name, 1)
	vmid := to_number(found[0][1])
	facts.guests[vmid]
}

inhibits contains {"at": sort({at | some all in _running; some at in all}), "vars": {"vmids": pve.numbers(object.keys(_running))}} if count(_running) > 0
