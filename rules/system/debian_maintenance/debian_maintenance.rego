# METADATA
# scope: package
# title: Maintenance jobs that Debian packages bring
# description: |
#  ZFS pools are trimmed and scrubbed by a table of Debian; NixOS does both
#  with timers of its own, which are switched on here.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=services.zfs.autoScrub
#   - https://search.nixos.org/options?query=services.zfs.trim
package rules.system.debian_maintenance

import data.lib.disks

_at := sort([sprintf("/system/cron/%d", [i]) |
	some i, job in input.system.cron
	startswith(job.source, "/etc/cron.d/zfsutils-linux:")
])

settings contains {"at": _at, "option": ["services", "zfs", service, "enable"], "value": true} if {
	some service in ["autoScrub", "trim"]
	count(_at) > 0
	disks.zfs_in_use
}
