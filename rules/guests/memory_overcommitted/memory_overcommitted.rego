# METADATA
# scope: package
# title: "Guests that start with the host want {want} GiB of {have} GiB"
# description: |
#  The guests with onboot ask for {want} GiB together, and the machine has
#  {have} GiB. On PVE this holds because of what has settled over weeks: pages
#  that KSM has merged, balloons, a bounded ZFS cache. After the conversion all
#  guests start at once with full memory, KSM begins at nothing, and ZFS, where
#  it is in use, takes up to half of the memory, from 2.3 on nearly all of it,
#  unless zfs_arc_max is set. The kernel then kills the largest process, which
#  is a VM.
# custom:
#  id: PVE-VM-045
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: memory of guests
#  equivalent: hardware.ksm.enable, boot.extraModprobeConfig
#  account: none
#  workaround: |
#   Take onboot off guests that can wait for the trial, or lower memory and
#   balloon. Set hardware.ksm.enable, and bound the cache with
#   boot.extraModprobeConfig = "options zfs zfs_arc_max=BYTES".
#  test:
#   before: |
#    `free -g` on PVE shows less available memory than the guests ask for, and
#    `cat /sys/kernel/mm/ksm/pages_sharing` how much of it KSM saves.
#   after: |
#    An hour into the trial `journalctl -k | grep -i "out of memory"` prints
#    nothing, and `free -g` shows available memory.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Kernel_Samepage_Merging_(KSM)
#   - https://pve.proxmox.com/wiki/Dynamic_Memory_Management
#   - https://openzfs.github.io/openzfs-docs/Performance%20and%20Tuning/Module%20Parameters.html#zfs-arc-max
#   - https://search.nixos.org/options?query=hardware.ksm.enable
package rules.guests.memory_overcommitted

import data.lib.facts
import data.lib.pve

# Both kinds of guests have 512 MiB where nothing is said.
_wants[vmid] := {"mib": _mib(g), "at": _at(g)} if {
	some vmid, g in facts.guests
	not pve.template(g)
	facts.truthy(g.config.onboot.property.value)
}

_mib(g) := to_number(g.config.memory.property.value) if {
	regex.match(`^[0-9]{1,9}$`, g.config.memory.property.value)
} else := to_number(facts.field(g.config.memory.property, "current")) if {
	regex.match(`^[0-9]{1,9}$`, facts.field(g.config.memory.property, "current"))
} else := 512

_at(g) := g.config.memory.at if {
	g.config.memory
} else := g.at

_mib_of_all := sum([w.mib | some w in _wants])

findings contains {
	"at": sort([w.at | some w in _wants]),
	"vars": {"want": floor(_mib_of_all / 1024), "have": floor(input.hardware.memory_kib / 1048576)},
} if {
	"hardware.memory" in facts.known
	_mib_of_all * 1024 > input.hardware.memory_kib
}
