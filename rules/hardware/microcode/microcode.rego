# METADATA
# scope: package
# title: The processor runs with the microcode of its firmware
# description: |
#  No microcode package for this {vendor} processor is installed (revision {revision} is
#  loaded). NixOS loads the newest one that nixpkgs has in the initial RAM disk. Faults and
#  weaknesses are then closed that were open here, and with them some features may go (TSX)
#  and some guests become slower; a live migration between this node and one without it can
#  fail, because the processors no longer offer the same flags.
# custom:
#  id: PVE-HW-011
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: microcode
#  equivalent: hardware.cpu.amd.updateMicrocode
#  account: none
#  workaround: |
#   Install `{package}` on PVE first (component non-free-firmware), restart, and watch the
#   guests for a few days; then only one thing changes at a time. Give guests a named
#   processor model in place of host where they are migrated.
#  test:
#   before: |
#    `grep -m1 microcode /proc/cpuinfo` on PVE prints `{revision}`.
#   after: |
#    `grep -m1 microcode /proc/cpuinfo` prints the same revision on PVE with the package and
#    on the trial system.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_firmware_cpu
#   - https://search.nixos.org/options?query=hardware.cpu.intel.updateMicrocode
package rules.hardware.microcode

import data.lib.facts

_packages := {"AuthenticAMD": "amd64-microcode", "GenuineIntel": "intel-microcode"}

findings contains {"at": ["/hardware/cpu/microcode", "/packages"], "vars": {
	"vendor": cpu.vendor,
	"package": deb,
	"revision": cpu.microcode,
}} if {
	"packages" in facts.known
	cpu := input.hardware.cpu
	deb := _packages[cpu.vendor]
	not facts.packages[deb]
	not "hypervisor" in cpu.flags
}
