# METADATA
# scope: package
# title: The plan knows what the commit starts
# description: |
#  Names the units that keep data of Ceph, those that start guests and those of jobs on the
#  new system, in their order. They are started when the trial is committed: before that
#  the disks of guests and OSDs are not written.
# custom:
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package rules.conversion.guest_units

import data.lib.domains
import data.lib.facts
import data.lib.incus
import data.lib.lxc
import data.lib.pve
import data.lib.waits

plans contains {"at": sort(_at), "path": ["start"], "value": _all} if count(_all) > 0

plans contains {"at": waits.jobs_at, "path": ["jobs"], "value": waits.jobs} if count(waits.jobs) > 0

_all := array.concat([sprintf("%s.service", [name]) | some name in waits.stores], _units)

_at contains g.at if some g in facts.guests

_at contains at if some at in waits.stores_at

# It makes the instances that are not there yet, and starts them.
_units := ["incus-instances.service"] if {
	data.target == "incus"
	count(incus.instances) > 0
} else := array.concat(array.concat(_containers(_first), _machines), _containers(_rest)) if {
	data.target in {"proxmox", "libvirt"}
} else := []

_machines := ["pve-guests.service"] if {
	data.target == "proxmox"
	count(pve.vms) > 0
} else := ["libvirt-start.service"] if {
	data.target == "libvirt"
	count(domains.started) > 0
} else := []

# Containers in PVE's order; those that start before the first virtual machine stand before the unit that starts them all.
_first := [place | some place in _places; place[1] in lxc.beside.before]

_rest := [place | some place in _places; not place[1] in lxc.beside.before]

_places := sort([place | some place in lxc.started])

_containers(places) := [sprintf("lxc-%d.service", [place[1]]) | not _declined; some place in places]

# Who wants no containers here has no units of theirs.
_declined if data.answers.bridges.container == "no"
