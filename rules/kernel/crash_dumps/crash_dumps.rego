# METADATA
# scope: package
# title: After a crash NixOS waits at a prompt instead of keeping a dump
# description: |
#  kdump-tools reserves memory ({memory}), writes a dump after a crash of the kernel and
#  restarts the host. boot.crashDump of NixOS starts a second kernel too, but into
#  single-user mode: nothing is saved, and the host stays down until somebody copies
#  /proc/vmcore by hand at the console. It also compiles the kernel anew, which takes hours.
# custom:
#  id: PVE-KRN-007
#  kind: gap
#  category: feature
#  severity: major
#  component: kdump
#  equivalent: boot.crashDump.enable
#  account: none
#  workaround: |
#   Leave boot.crashDump off, and set boot.kernelParams = [ "panic=10" ] so that the host
#   comes back, with a serial console or netconsole, or pstore (systemd-pstore keeps what it
#   finds in /var/lib/systemd/pstore), for the last messages. If dumps are needed, set
#   boot.crashDump.kernelParams and a unit for `makedumpfile`.
#  test:
#   before: |
#    `kdump-config show` on PVE prints `current state: ready to kdump`.
#   after: |
#    On a test host `echo c > /proc/sysrq-trigger` on the trial system brings it back after
#    10 seconds, and `ls /sys/fs/pstore /var/lib/systemd/pstore` shows the messages.
#  phase: run
#  sources:
#   - https://manpages.debian.org/stable/kdump-tools/kdump-tools.5.en.html
#   - https://search.nixos.org/options?query=boot.crashDump
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/nixos/modules/misc/crashdump.nix
package rules.kernel.crash_dumps

import data.lib.facts
import data.lib.kernel

findings contains {"at": sort(array.concat([facts.units["kdump-tools.service"].at], [sprintf("/system/boot/kernel_parameters/%d", [i]) | some i in kernel.by_key.crashkernel])), "vars": {"memory": _memory}} if {
	"kdump-tools.service" in facts.in_use
	count(kernel.by_key.crashkernel) > 0
}

_memory := concat(", ", sort({input.system.boot.kernel_parameters[i].value | some i in kernel.by_key.crashkernel}))
