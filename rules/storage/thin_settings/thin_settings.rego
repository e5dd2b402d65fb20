# METADATA
# scope: package
# title: Settings of LVM stay behind with lvm.conf
# description: |
#  PVE's /etc/lvm/lvm.conf says when the thin pools of {ids} grow by
#  themselves and which devices are scanned. NixOS writes its own file; the
#  monitor is on and devices of guests are filtered out, but a pool that was
#  set to extend itself does not, and a full thin pool stops all guests on
#  it.
# custom:
#  id: PVE-STO-015
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: LVM thin pool
#  equivalent: services.lvm.dmeventd.enable
#  account: none
#  workaround: |
#   `lvmconfig activation/thin_pool_autoextend_threshold` on PVE shows the
#   value. When it is below 100, add the line
#   `activation/thin_pool_autoextend_threshold = N` to
#   environment.etc."lvm/lvm.conf".text.
#  test:
#   before: |
#    `lvmconfig --type diff` on PVE lists what differs from the defaults.
#   after: |
#    `lvmconfig` on the trial system prints the same values, and `systemctl
#    status dm-event.socket` is active.
#  phase: run
#  sources:
#   - https://man7.org/linux/man-pages/man7/lvmthin.7.html
#   - https://search.nixos.org/options?query=services.lvm.dmeventd
package rules.storage.thin_settings

import data.lib.disks

findings contains {"at": at, "vars": {"ids": concat(", ", sort([id | some id, _ in _thin]))}} if {
	at := sort([s.at | some s in _thin])
	count(at) > 0
}

_thin[id] := s if {
	some id, s in disks.storages
	s.section.type == "lvmthin"
}
