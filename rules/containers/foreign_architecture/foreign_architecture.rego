# METADATA
# scope: package
# title: Containers run programs of another processor
# description: |
#  The programs of {containers} are built for another architecture than this
#  host. They run because the kernel hands them to an emulator that Debian's
#  qemu-user-static registers in binfmt_misc, with a flag that makes it work
#  inside of containers. NixOS registers nothing by itself, and without that
#  flag it looks for the emulator in the container, where it is not. Init then
#  fails with "Exec format error".
# custom:
#  id: PVE-CT-018
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: architecture of containers
#  equivalent: boot.binfmt.emulatedSystems, boot.binfmt.preferStaticEmulators
#  account: none
#  workaround: |
#   Set boot.binfmt.emulatedSystems to the system ([ "aarch64-linux" ], [
#   "armv7l-linux" ] or [ "riscv64-linux" ]) and
#   boot.binfmt.preferStaticEmulators = true, which registers static emulators
#   that the kernel opens beforehand (flag F).
#  test:
#   before: |
#    `grep -H flags /proc/sys/fs/binfmt_misc/qemu-*` on PVE prints flags with
#    an F.
#   after: |
#    `grep -H flags /proc/sys/fs/binfmt_misc/*-linux` on the trial system
#    prints flags with an F, and `uname -m` inside prints the architecture of
#    the container.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
#   - https://docs.kernel.org/admin-guide/binfmt-misc.html
#   - https://search.nixos.org/options?query=boot.binfmt.preferStaticEmulators
package rules.containers.foreign_architecture

import data.lib.pve

# Containers that the host's own processor can run are not in here.
_foreign := {"amd64": {"aarch64"}, "arm64": {"x86_64"}, "armhf": {"x86_64"}, "i386": {"aarch64"}, "riscv32": {"aarch64", "x86_64"}, "riscv64": {"aarch64", "x86_64"}}

_containers[vmid] := g.config.arch if {
	some vmid, g in pve.containers
	input.host.arch in _foreign[g.config.arch.property.value]
}

findings contains {
	"at": sort([c.at | some c in _containers]),
	"vars": {"containers": concat(", ", sort({sprintf("%d (%s)", [vmid, c.property.value]) | some vmid, c in _containers}))},
} if {
	count(_containers) > 0
}
