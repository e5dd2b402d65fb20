# METADATA
# scope: package
# title: Settings of LVM stay behind with lvm.conf
# description: |
#  PVE's /etc/lvm/lvm.conf says when the thin pools of {ids} grow by
#  themselves: {threshold}. NixOS writes its own file; the monitor is on and
#  devices of guests are filtered out, but a pool that was set to extend
#  itself does not, and a full thin pool stops all guests on it.
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
#   value. When it is below 100, add the lines
#   `activation/thin_pool_autoextend_threshold = N` and
#   `activation/thin_pool_autoextend_percent = N` to
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

import data.lib.configfiles
import data.lib.disks
import data.lib.facts

_key := "activation.thin_pool_autoextend_threshold"

# What the second file says holds.
_set := {"threshold": sprintf("at %d %%", [to_number(line.value)]), "at": [line.at]} if {
	lines := array.concat(configfiles.lines("/etc/lvm/lvm.conf", _key), configfiles.lines("/etc/lvm/lvmlocal.conf", _key))
	line := lines[count(lines) - 1]
	regex.match(`^[0-9]{1,2}$`, line.value)
} else := {"threshold": "whether and when is not known, the file could not be read", "at": []} if {
	not "config_files" in facts.known
	not configfiles.files["/etc/lvm/lvm.conf"]
}

findings contains {"at": sort(array.concat([s.at | some s in _thin], _set.at)), "vars": {
	"ids": concat(", ", sort([id | some id, _ in _thin])),
	"threshold": _set.threshold,
}} if {
	count(_thin) > 0
}

_thin[id] := s if {
	some id, s in disks.storages
	s.section.type == "lvmthin"
}
