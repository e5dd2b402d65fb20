# METADATA
# scope: package
# title: Logs are kept in memory to spare the disk
# description: |
#  {what} keeps the logs of this host in memory, as people do whose root lies on an SD card,
#  a USB stick or a cheap SSD. NixOS writes its journal to /var/log on the new root at once,
#  several times a minute, and such a medium wears out in months.
# custom:
#  id: PVE-SYS-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: logs
#  equivalent: services.journald.storage
#  account: none
#  workaround: |
#   Set services.journald.storage = "volatile" (with RuntimeMaxUse in
#   services.journald.extraConfig), or fileSystems."/var/log" with fsType tmpfs. Send what
#   must survive a crash to another host.
#  test:
#   before: |
#    `findmnt -T /var/log -o FSTYPE` or `journalctl --header | grep "File path"` on PVE
#    names tmpfs, or a file below /run.
#   after: |
#    `journalctl --header | grep "File path"` on the trial system names a file below
#    /run/log.
#  phase: run
#  sources:
#   - https://github.com/azlux/log2ram
#   - https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html
#   - https://search.nixos.org/options?query=services.journald.storage
package rules.system.logs_in_memory

import data.lib.facts

_units := {"folder2ram.service", "folder2ram_startup.service", "log2ram.service", "zram-log.service"}

_what[facts.units[name].at] := name if {
	some name in _units
	name in facts.in_use
}

_what[sprintf("/storage/fstab/%d", [i])] := sprintf("the line of fstab for %s", [f.file]) if {
	some i, f in input.storage.fstab
	f.type == "tmpfs"
	f.file in {"/var/log", "/var/log/journal"}
}

findings contains {"at": sort([at | some at, _ in _what]), "vars": {"what": concat(", ", sort([w | some w in _what]))}} if {
	count(_what) > 0
}
