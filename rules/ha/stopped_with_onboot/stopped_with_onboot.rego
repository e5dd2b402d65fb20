# METADATA
# scope: package
# title: "Guests that HA keeps stopped start by themselves once HA is gone: {sids}"
# description: |
#  {sids} are HA resources with the state stopped or disabled, and their configuration says
#  onboot. As long as they are in HA the request for them is what counts. Taking the
#  resources out of HA, as the conversion asks for, makes onboot count again: the guests
#  start with the host, an old mail server or a copy of a running one among them.
# custom:
#  id: PVE-HA-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   For each decide and write it down where it counts on both systems: `qm set VMID --onboot
#   0` (`pct set` for containers) before `ha-manager remove SID`.
#  test:
#   before: |
#    `ha-manager config` shows state stopped or disabled for {sids}, and `qm config VMID`
#    onboot: 1.
#   after: |
#    `qm config VMID` shows no onboot: 1, and they are off after a reboot of the trial system.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_resource_config
package rules.ha.stopped_with_onboot

import data.lib.facts
import data.lib.pve

_stopped[sid] := [r.at, onboot.at] if {
	some sid, r in pve.ha
	r.state in {"disabled", "stopped"}
	onboot := facts.guests[r.vmid].config.onboot
	facts.truthy(onboot.property.value)
}

findings contains {"at": sort([at | some list in _stopped; some at in list]), "vars": {"sids": concat(", ", sort(object.keys(_stopped)))}} if count(_stopped) > 0
