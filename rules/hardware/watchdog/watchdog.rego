# METADATA
# scope: package
# title: The hardware watchdog fences nothing on NixOS
# description: |
#  The watchdog {names} is fed by watchdog-mux of PVE, which does not run there. systemd
#  feeds it instead: a host that hangs is reset, one that only loses the quorum is not any
#  more. Where other nodes still run HA of PVE, they start its guests elsewhere while it may
#  still write to their disks.
# custom:
#  id: PVE-HW-006
#  kind: gap
#  category: service
#  severity: major
#  component: watchdog-mux
#  equivalent: systemd.watchdog.runtimeTime
#  account: none
#  workaround: |
#   Take the guests of this node out of HA of PVE, or replace fencing. Where the first
#   watchdog is not the one of the hardware, name it: systemd.watchdog.device =
#   "/dev/watchdog1".
#  test:
#   before: |
#    `cat /sys/class/watchdog/watchdog0/state` prints active.
#   after: |
#    It prints active on the trial system, and `echo c > /proc/sysrq-trigger`
#    on a test host resets it within a minute.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/High_Availability
#   - https://github.com/SaumonNet/proxmox-nixos/tree/main/modules/proxmox-ve
#   - https://search.nixos.org/options?query=systemd.watchdog
package rules.hardware.watchdog

import data.lib.facts
import data.lib.ha

_hardware := [w |
	some w in input.hardware.watchdogs
	not contains(lower(w), "software watchdog")
]

findings contains {"at": ["/hardware/watchdogs"], "vars": {"names": concat(", ", sort(_hardware))}} if {
	_fed
	count(_hardware) > 0
	not ha.manager
}

_fed if "watchdog-mux.service" in facts.in_use

# Nothing enables it: the local resource manager of HA starts it. Where no unit was asked, that one tells.
_fed if {
	"pve-ha-lrm.service" in facts.in_use
	not facts.units["watchdog-mux.service"].unit.active_state
}

_drivers := {"hpwdt", "i6300esb", "iTCO_wdt", "ipmi_watchdog", "sp5100_tco", "wdat_wdt"}

settings contains {"at": ["/hardware/modules"], "option": ["boot", "kernelModules"], "value": [m]} if {
	some m in input.hardware.modules
	m in _drivers
}
