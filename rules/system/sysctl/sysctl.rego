# METADATA
# scope: package
# title: Kernel settings of sysctl.d
# description: |
#  Takes over the lines of sysctl.d below /etc, the last line of each key.
#  PVE puts its own limits there (asynchronous I/O, inotify), so guests keep
#  them. Keys that name programs or the host are left to NixOS.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.kernel.sysctl
#   - https://manpages.debian.org/stable/systemd/sysctl.d.5.en.html
package rules.system.sysctl

import data.lib.sysctl

# What PVE's packages set in /usr/lib; NixOS has to do it itself.
settings contains {"at": ["/host/pve_version"], "option": ["boot", "kernel", "sysctl", key], "value": to_number(format_int(value, 10))} if {
	some key, value in sysctl.of_pve
}

settings contains {
	"at": sort([sprintf("/system/sysctl/%d", [i]) | some i in sysctl.lines[key]]),
	"option": ["boot", "kernel", "sysctl", key],
	"value": value,
} if {
	some key, value in sysctl.effective
}
