# METADATA
# scope: package
# title: The old cgroup hierarchy is asked for
# description: |
#  The command line has systemd.unified_cgroup_hierarchy=0 for containers
#  with an old systemd. systemd of NixOS knows only cgroup v2 and stops at
#  boot, or ignores the word; containers such as CentOS 7 or Ubuntu 16.04 do
#  not start.
# custom:
#  id: PVE-BOOT-007
#  kind: gap
#  category: feature
#  severity: major
#  component: cgroup v1
#  account: lost
#  workaround: |
#   Upgrade the distributions in these containers to one with systemd 232 or
#   later, or move them into a VM, while the host still runs PVE. Then
#   remove the parameter.
#  test:
#   before: |
#    `stat -fc %T /sys/fs/cgroup` on PVE prints tmpfs.
#   after: |
#    `stat -fc %T /sys/fs/cgroup` prints cgroup2fs, and all containers run.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html
#   - https://github.com/systemd/systemd/blob/main/NEWS
package rules.boot.hybrid_cgroups

import data.lib.kernel

findings contains {"at": at, "vars": {}} if {
	at := sort([sprintf("/system/boot/kernel_parameters/%d", [i]) |
		some i in kernel.by_key["systemd.unified_cgroup_hierarchy"]
		input.system.boot.kernel_parameters[i].value in {"0", "f", "false", "n", "no", "off"}
	])
	count(at) > 0
}
