# METADATA
# scope: package
# title: RAID arrays are compared once a month
# description: |
#  Debian reads all disks of each array once a month and compares them. The package of NixOS
#  brings units for it and starts none, so a timer asks the kernel to do so, for each array
#  that has a copy to compare, on the first Sunday as Debian does. An array that is busy is
#  left alone until the next month.
# custom:
#  sources:
#   - https://docs.kernel.org/admin-guide/md.html
#   - https://man7.org/linux/man-pages/man4/md.4.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/swraid.nix
package rules.storage.md_checks

import data.lib.facts
import data.lib.waits

_redundant contains sprintf("/storage/md_arrays/%d", [i]) if {
	some i, a in input.storage.md_arrays
	a.state
	not a.level in {"linear", "raid0"}
}

_checked if "mdcheck_start.timer" in facts.in_use

_checked if {
	some job in input.system.cron
	startswith(job.source, "/etc/cron.d/mdadm:")
}

# The kernel knows which arrays there are now, by whatever name.
_script := concat("\n", [
	"status=0",
	"for action in /sys/block/md*/md/sync_action; do",
	"  if [ -w \"$action\" ] && read -r state < \"$action\" && [ \"$state\" = idle ]; then",
	"    echo check > \"$action\" || status=1",
	"  fi",
	"done",
	"exit \"$status\"",
	"",
])

settings contains {"at": sort(_redundant), "option": option, "value": value} if {
	count(_redundant) > 0
	_checked
	some [option, value] in [
		[["systemd", "services", "md-check", "description"], "Comparison of RAID arrays"],
		[["systemd", "services", "md-check", "serviceConfig"], {"Type": "oneshot"}],
		[["systemd", "services", "md-check", "script"], _script],
		[["systemd", "services", "md-check", "unitConfig", "ConditionPathExists"], waits.condition],
		[["systemd", "timers", "md-check", "wantedBy"], ["timers.target"]],
		[["systemd", "timers", "md-check", "timerConfig"], {"OnCalendar": "Sun *-*-1..7 01:00:00", "Persistent": true, "RandomizedDelaySec": "1h"}],
	]
}
