# METADATA
# scope: package
# title: Parameters of the kernel that need a decision
# description: |
#  These parameters of the running kernel are not known to mean the same on
#  NixOS, or do not fit into one word: {keys}. The kernel of NixOS starts
#  without them.
# custom:
#  id: PVE-BOOT-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: kernel command line
#  equivalent: boot.kernelParams
#  account: review
#  workaround: |
#   Look each one up in the documentation of the kernel. What is still
#   wanted goes into boot.kernelParams as one word each.
#  test:
#   before: |
#    `cat /proc/cmdline` on PVE.
#   after: |
#    `cat /proc/cmdline` on the trial system holds every parameter that you
#    kept.
#  phase: boot
#  sources:
#   - https://docs.kernel.org/admin-guide/kernel-parameters.html
#   - https://search.nixos.org/options?query=boot.kernelParams
package rules.boot.kernel_parameters_left

import data.lib.kernel

_left[i] := p.key if {
	some i, p in input.system.boot.kernel_parameters
	not kernel.of_pve(p.key)
	not p.key in {"pcie_acs_override", "systemd.unified_cgroup_hierarchy"}
	not _taken(p)
}

_taken(p) if {
	kernel.kept(p.key)
	kernel.word(p)
}

findings contains {"at": at, "vars": {"keys": concat(", ", sort({k | some k in _left}))}} if {
	at := sort([sprintf("/system/boot/kernel_parameters/%d", [i]) | some i, _ in _left])
	count(at) > 0
}
