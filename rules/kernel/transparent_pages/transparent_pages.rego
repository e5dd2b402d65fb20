# METADATA
# scope: package
# title: Transparent huge pages were switched by something that is not taken over
# description: |
#  Transparent huge pages are set to {mode}. The kernels of PVE and of NixOS start with
#  madvise, and no word of the command line changes it here, so a unit or a script does.
#  With the default back, large guests without `hugepages` need more of the processor's
#  translation buffers (after always), or programs that ask for such pages get them again
#  (after never).
# custom:
#  id: PVE-KRN-009
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: memory
#  equivalent: boot.kernelParams
#  account: none
#  workaround: |
#   Set boot.kernelParams = [ "transparent_hugepage={mode}" ] if it was meant; else leave
#   the default.
#  test:
#   before: |
#    `cat /sys/kernel/mm/transparent_hugepage/enabled` on PVE shows `[{mode}]`.
#   after: |
#    It shows `[{mode}]` on the trial system.
#  phase: boot
#  sources:
#   - https://docs.kernel.org/admin-guide/mm/transhuge.html
#   - https://github.com/NixOS/nixpkgs/blob/nixos-24.11/pkgs/os-specific/linux/kernel/common-config.nix
package rules.kernel.transparent_pages

import data.lib.kernel

findings contains {"at": ["/hardware/transparent_hugepages"], "vars": {"mode": mode}} if {
	mode := input.hardware.transparent_hugepages
	mode in {"always", "never"}
	endswith(input.host.kernel, "-pve")
	not kernel.by_key.transparent_hugepage
}
