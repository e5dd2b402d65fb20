# METADATA
# scope: package
# title: "Guest {vmid} runs the hook script {volume}"
# description: |
#  PVE runs {volume} on the host at each start and stop of {vmid} ({name}). A script
#  on the root comes along, one on another storage is where it was. Its
#  first line and its commands name Debian's paths; NixOS has /bin/sh and
#  /usr/bin/env and nothing else there. A hook that fails before the start keeps
#  the guest down.
# custom:
#  id: PVE-VM-005
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: hook script of a guest
#  account: review
#  workaround: |
#   Read the script (`pvesm path {volume}`). Begin it with "#!/usr/bin/env bash"
#   or perl, call programs without a path, and give those that it needs to
#   systemd.services.pvedaemon.path and systemd.services.pve-guests.path.
#  test:
#   before: |
#    `head -1 $(pvesm path {volume})` on PVE prints a path of Debian.
#   after: |
#    `qm start {vmid}` on the trial system prints no "hookscript error", and
#    `journalctl -b -t pvedaemon` shows what the script prints.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#_hookscripts
package rules.guests.hook_scripts

import data.lib.facts
import data.lib.guard
import data.lib.guesthooks
import data.lib.pve

findings contains {"at": [g.config.hookscript.at], "vars": {"vmid": vmid, "name": pve.name(vmid), "volume": volume}} if {
	some vmid, g in facts.vms
	not pve.template(g)
	volume := g.config.hookscript.property.value
	guard.line(volume)
}

carries contains c if some c in guesthooks.carries({vmid | some vmid, _ in pve.vms; guesthooks.list[vmid]})
