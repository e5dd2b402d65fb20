# METADATA
# scope: package
# title: Jobs by the clock wait for the commit
# description: |
#  Replication and backups of PVE, cron and timers of the host write to the disks of
#  guests, to shared storage and to other machines. A trial that falls back must not
#  have moved or pruned anything: what starts them waits for the commit.
# custom:
#  sources:
#   - https://pve.proxmox.com/wiki/Service_daemons#pvescheduler
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package rules.conversion.guard_jobs

import data.lib.waits

settings contains {"at": at, "option": ["systemd", "services", unit, "unitConfig", "ConditionPathExists"], "value": waits.condition} if {
	some unit, at in waits.services
}

settings contains {"at": [sprintf("/units/%d", [i])], "option": ["systemd", "timers", unit, "unitConfig", "ConditionPathExists"], "value": waits.condition} if {
	some i, unit in waits.timers
}
