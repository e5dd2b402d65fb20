# METADATA
# scope: package
# title: Swap in compressed memory is not taken over
# description: |
#  Swap is on {devices}, made by zram-tools, a zram generator or a unit of
#  this host. None of it runs on NixOS, so the host has that much less to
#  give before the kernel kills a process, which on a node with guests is the
#  biggest of them.
# custom:
#  id: PVE-STO-059
#  kind: gap
#  category: configuration
#  severity: minor
#  component: swap
#  equivalent: zramSwap.enable
#  account: none
#  workaround: |
#   zramSwap.enable = true, with zramSwap.memoryPercent so that it has the
#   size of now ({mib} MiB), and zramSwap.algorithm as in `zramctl`.
#  test:
#   before: |
#    `swapon --show` on PVE prints {devices}.
#   after: |
#    `swapon --show` and `zramctl` on the trial system print a zram device of
#    about the same size.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=zramSwap
#   - https://docs.kernel.org/admin-guide/blockdev/zram.html
package rules.storage.zram_swap

_zram := [i | some i, s in input.storage.swaps; startswith(s.path, "/dev/zram")]

findings contains {"at": sort([sprintf("/storage/swaps/%d", [i]) | some i in _zram]), "vars": {
	"devices": concat(", ", sort([input.storage.swaps[i].path | some i in _zram])),
	"mib": floor(sum([input.storage.swaps[i].size_kib | some i in _zram]) / 1024),
}} if {
	count(_zram) > 0
}
