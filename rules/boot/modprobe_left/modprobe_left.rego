# METADATA
# scope: package
# title: Lines of modprobe.d that need a decision
# description: |
#  These lines run commands of Debian instead of loading a module, or have a
#  form that is not taken over: {lines}. On NixOS the driver loads as the
#  kernel decides.
# custom:
#  id: PVE-BOOT-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: modprobe.d
#  equivalent: boot.extraModprobeConfig
#  account: review
#  workaround: |
#   Write what the line does with boot.extraModprobeConfig, with programs by
#   their package, or as a systemd unit that runs before the module is
#   needed.
#  test:
#   before: |
#    `modprobe --showconfig | grep MODULE` on PVE shows the line.
#   after: |
#    On the trial system the module is loaded, or is not, as before
#    (`lsmod`).
#  phase: boot
#  sources:
#   - https://manpages.debian.org/stable/kmod/modprobe.d.5.en.html
#   - https://search.nixos.org/options?query=boot.extraModprobeConfig
package rules.boot.modprobe_left

import data.lib.guard
import data.lib.modprobe

_left[i] := p.key if {
	some i, p in input.system.modprobe
	not modprobe.lines[i]
	not _blacklist(p.key)
}

_blacklist(key) if {
	["blacklist", name] = split(key, " ")
	guard.module(name)
}

findings contains {"at": at, "vars": {"lines": concat(", ", sort({k | some k in _left}))}} if {
	at := sort([sprintf("/system/modprobe/%d", [i]) | some i, _ in _left])
	count(at) > 0
}
