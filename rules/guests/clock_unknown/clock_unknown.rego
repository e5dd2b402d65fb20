# METADATA
# scope: package
# title: The time zone that guests take from the host is unknown
# description: |
#  The clocks of {vmids} run in local time of the host, as Windows expects it.
#  The time zone of this host could not be learnt, and NixOS without
#  time.timeZone is in UTC. The guests then start with a clock that is wrong by
#  hours until they ask a time server: logins to the domain fail beyond five
#  minutes, and certificates and scheduled tasks are wrong.
# custom:
#  id: PVE-VM-046
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: clock of VMs
#  equivalent: time.timeZone
#  account: none
#  workaround: |
#   Set time.timeZone to the zone that the host has had. Inside Windows check
#   the time service (`w32tm /query /status`), or switch the guest to UTC on
#   both sides (RealTimeIsUniversal, `qm set VMID --localtime 0`).
#  test:
#   before: |
#    `timedatectl show -p Timezone` on PVE prints the zone.
#   after: |
#    `timedatectl show -p Timezone` prints the same zone on the trial system.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://search.nixos.org/options?query=time.timeZone
package rules.guests.clock_unknown

import data.lib.facts
import data.lib.guard
import data.lib.pve

_windows := {"w2k", "w2k3", "w2k8", "win10", "win11", "win7", "win8", "wvista", "wxp"}

_vms[vmid] := p.at if {
	some vmid, g in pve.vms
	p := g.config.localtime
	facts.truthy(p.property.value)
}

_vms[vmid] := g.config.ostype.at if {
	some vmid, g in pve.vms
	not g.config.localtime
	g.config.ostype.property.value in _windows
}

_zone if guard.time_zone(input.system.time_zone)

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if {
	count(_vms) > 0
	not _zone
}
