# METADATA
# scope: package
# title: Kernel settings are not taken over
# description: |
#  These lines of sysctl.d are left out: a key that NixOS sets itself (names
#  of programs, of the host), one without a value, or one with characters
#  that sysctl.d does not have. The kernel of NixOS keeps its own value for
#  them.
# custom:
#  id: PVE-SYS-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: sysctl
#  equivalent: boot.kernel.sysctl
#  account: review
#  workaround: |
#   Look at each line. What is still wanted goes into boot.kernel.sysctl
#   with a value of the new system; core dumps are set with
#   systemd.coredump.
#  test:
#   before: |
#    `sysctl {keys}` on PVE prints the values.
#   after: |
#    `sysctl {keys}` on the trial system prints what you decided on.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/systemd/sysctl.d.5.en.html
#   - https://search.nixos.org/options?query=boot.kernel.sysctl
package rules.system.sysctl_refused

import data.lib.sysctl

findings contains {"at": at, "vars": {"keys": concat(", ", sort(keys))}} if {
	left := {key |
		some key, _ in sysctl.lines
		not key in object.keys(sysctl.effective)
		not _spoken_for(key)
	}
	count(left) > 0
	at := sort([sprintf("/system/sysctl/%d", [i]) | some key in left; some i in sysctl.lines[key]])
	keys := {key | some key in left}
}

# The catalog says why.
_spoken_for(key) if {
	data.catalog.sysctls_dropped[key]
	not sysctl.owned[key]
}
