# METADATA
# scope: package
# title: Lines of /etc/sysctl.conf that have no effect any more
# description: |
#  Since Debian 13, which PVE 9 is built on, nothing reads /etc/sysctl.conf
#  at boot. Its {count} lines look like settings and are none, so they are
#  not taken over: translating them would change what the running host does.
# custom:
#  id: PVE-SYS-004
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: /etc/sysctl.conf
#  equivalent: boot.kernel.sysctl
#  account: review
#  workaround: |
#   Compare each line with `sysctl KEY` on the running host. Move those that
#   you want to /etc/sysctl.d/local.conf, load them with `sysctl --system`,
#   and capture again; delete the rest.
#  test:
#   before: |
#    `sysctl -n vm.swappiness` differs from the file.
#   after: |
#    The file is empty, and `sysctl` on the trial system prints the values
#    that you want.
#  phase: prepare
#  sources:
#   - https://www.debian.org/releases/trixie/release-notes/issues.en.html
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.system.sysctl_conf_unread

import data.lib.sysctl

findings contains {"at": at, "vars": {"count": count(at)}} if {
	at := sort([sprintf("/system/sysctl/%d", [i]) | some i in sysctl.unread])
	count(at) > 0
}
