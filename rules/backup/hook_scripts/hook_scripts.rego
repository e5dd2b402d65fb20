# METADATA
# scope: package
# title: "Backups run the script {script}"
# description: |
#  vzdump starts {script} before, during and after each backup. The file is copied to the same
#  place, but its first line and its commands name Debian's paths. When the script fails in an
#  early phase the backup is aborted, and there are none from the first night on.
# custom:
#  id: PVE-BAK-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: hook script of backups
#  equivalent: systemd.services.pvescheduler.path
#  account: review
#  workaround: |
#   Begin it with "#!/usr/bin/env bash" (or perl, python3), call programs without a path and
#   give them to systemd.services.pvescheduler.path and systemd.services.pvedaemon.path. Copy
#   files that it reads as well.
#  test:
#   before: |
#    `head -1 {script}` names a path of Debian.
#   after: |
#    `vzdump VMID --script {script}` on the trial system ends with status OK,
#    and what the script does has happened.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html#_hook_scripts
package rules.backup.hook_scripts

import data.lib.facts
import data.lib.vzdump

_scripts[path] contains sprintf("/jobs/vzdump_defaults/%d", [i]) if {
	some i, p in input.jobs.vzdump_defaults
	p.key == "script"
	path := p.value
}

_scripts[path] contains job.properties.script.at if {
	some job in vzdump.jobs
	path := job.properties.script.property.value
}

findings contains {"at": sort(at), "vars": {"script": path}} if {
	some path, at in _scripts
	facts.plain_path(path)
}

carries contains {"at": sort(at), "path": path, "to": path, "mode": "0755", "secret": true} if {
	some path, at in _scripts
	facts.plain_path(path)
	not startswith(path, "/etc/pve/")
	not startswith(path, "/mnt/pve/")
}
