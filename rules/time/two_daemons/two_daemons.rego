# METADATA
# scope: package
# title: Several time services set one clock
# description: |
#  {daemons} are on at once. Each corrects what the other did, so the clock swings, which
#  shows as skew in Ceph and as lost tokens in corosync. NixOS keeps one only, the one whose
#  servers are translated ({kept}); the sources that only the other one had are gone.
# custom:
#  id: PVE-TIME-002
#  kind: pitfall
#  category: service
#  severity: minor
#  component: time service
#  account: none
#  workaround: |
#   Decide on PVE first. Switch the others off (`systemctl disable --now NAME`), move their
#   servers into the one that stays, watch `chronyc tracking` for a day, then capture again.
#  test:
#   before: |
#    `systemctl is-active chrony ntpsec systemd-timesyncd openntpd` prints active more than
#    once.
#   after: |
#    It prints active once on PVE, and `systemctl is-active chronyd systemd-timesyncd` prints
#    it once on the trial system.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#_time_synchronization
#   - https://search.nixos.org/options?query=services.chrony.enable
package rules.time.two_daemons

import data.lib.facts

# Names of one and the same daemon count once.
_names := {
	"chrony": ["chrony.service", "chronyd.service"],
	"ntpd": ["ntp.service", "ntpsec.service", "ntpd.service"],
	"openntpd": ["openntpd.service"],
	"systemd-timesyncd": ["systemd-timesyncd.service"],
}

_running[daemon] contains facts.units[unit].at if {
	some daemon, units in _names
	some unit in units
	unit in facts.in_use
}

_kept := "chrony" if {
	facts.packages.chrony
} else := "systemd-timesyncd"

findings contains {"at": sort({at | some ats in _running; some at in ats}), "vars": {
	"daemons": concat(" and ", sort(object.keys(_running))),
	"kept": _kept,
}} if {
	count(_running) > 1
}
