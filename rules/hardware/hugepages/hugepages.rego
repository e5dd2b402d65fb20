# METADATA
# scope: package
# title: Memory is set aside for huge pages
# description: |
#  Huge pages are {what} of this host. The parameters are taken over, but
#  PVE also allocates missing pages when a guest starts, which fails once
#  memory is fragmented; on NixOS more runs before the guests do.
# custom:
#  id: PVE-HW-006
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: huge pages
#  equivalent: boot.kernelParams
#  account: none
#  workaround: |
#   Reserve the pages of 1 GiB at boot with default_hugepagesz=1G
#   hugepagesz=1G hugepages=N in boot.kernelParams, N for all guests
#   together, instead of at the start of a guest.
#  test: |
#   Before: `grep Huge /proc/meminfo` on PVE with the guests running.
#   Solved: the same numbers on the trial system, and all of these guests
#   start after a reboot.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/qm.1.html
#   - https://docs.kernel.org/admin-guide/mm/hugetlbpage.html
package rules.hardware.hugepages

_guests contains g.vmid if {
	some g in input.guests
	g.local
	some p in g.config
	p.key == "hugepages"
}

findings contains {"at": at, "vars": {"what": sprintf("used by %d guests", [count(_guests)])}} if {
	count(_guests) > 0
	at := sort([sprintf("/guests/%d/config/%d", [i, j]) |
		some i, g in input.guests
		g.local
		some j, p in g.config
		p.key == "hugepages"
	])
}
