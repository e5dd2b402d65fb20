# METADATA
# scope: package
# title: Containers run that nobody starts again
# description: |
#  {vmids} run, but have no onboot and are not started by HA: somebody started
#  them by hand, and they have run since. The reboot of the conversion stops
#  them, and nothing brings them back, on NixOS or after a rollback. Their
#  users notice first.
# custom:
#  id: PVE-CT-029
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: start of containers
#  account: none
#  workaround: |
#   Ask who needs them. Set `pct set VMID --onboot 1` on PVE for those that are
#   to stay, and stop the others before the conversion.
#  test:
#   before: |
#    `pct list` on PVE prints running for {vmids}, and `pct config VMID | grep
#    onboot` nothing.
#   after: |
#    `pct config VMID | grep onboot` prints onboot: 1, or `pct list` prints
#    stopped.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_automatic_start_and_shutdown_of_containers
package rules.containers.running_by_hand

import data.lib.facts
import data.lib.pve

_running[vmid] := u.at if {
	some vmid, g in pve.containers
	u := facts.units[sprintf("pve-container@%d.service", [vmid])]
	u.unit.active_state == "active"
	not _starts(g)
	not pve.ha_active[sprintf("ct:%d", [vmid])]
}

_starts(g) if facts.truthy(g.config.onboot.property.value)

findings contains {"at": sort([at | some at in _running]), "vars": {"vmids": pve.numbers(object.keys(_running))}} if count(_running) > 0
