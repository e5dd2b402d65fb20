# METADATA
# scope: package
# title: Huge pages are reserved by something that is not taken over
# description: |
#  {count} pages of {size} KiB are reserved here, and neither the command line nor sysctl
#  says so, nor does a running guest of PVE hold them: a unit, a script or a job of cron
#  reserves them after the start. On NixOS there are none. A database that wants them does
#  not start, and a guest with `hugepages` starts only while there is enough memory in one
#  piece.
# custom:
#  id: PVE-KRN-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: huge pages
#  equivalent: boot.kernel.sysctl
#  account: none
#  workaround: |
#   Set boot.kernel.sysctl."vm.nr_hugepages" = {count} for pages of 2048 KiB, or
#   boot.kernelParams = [ "hugepagesz=1G" "hugepages=N" ] for those of 1 GiB, which have to
#   be reserved at the start.
#  test:
#   before: |
#    `cat /sys/kernel/mm/hugepages/hugepages-{size}kB/nr_hugepages` on PVE prints {count}.
#   after: |
#    `cat /sys/kernel/mm/hugepages/hugepages-{size}kB/nr_hugepages` prints {count} on the
#    trial system.
#  phase: boot
#  sources:
#   - https://docs.kernel.org/admin-guide/mm/hugetlbpage.html
#   - https://search.nixos.org/options?query=boot.kernel.sysctl
package rules.kernel.pages_by_hand

import data.lib.facts
import data.lib.kernel

_declared if kernel.by_key.hugepages

_declared if {
	some p in input.system.sysctl
	p.key in {"vm.nr_hugepages", "vm/nr_hugepages", "vm.nr_hugepages_mempolicy"}
}

findings contains {"at": [sprintf("/hardware/hugepages/%d", [i])], "vars": {"count": pool.total, "size": pool.size_kib}} if {
	some i, pool in input.hardware.hugepages
	pool.total > 0
	every area in ["guests", "system.boot", "system.sysctl"] {
		area in facts.known
	}
	not _declared
	not _of_guests(pool)
}

# PVE reserves what a guest needs when it starts, and gives it back when it stops.
_of_guests(pool) if {
	pool.free == 0
	some g in facts.vms
	g.config.hugepages
}

_of_guests(_) if {
	some g in facts.vms
	facts.truthy(g.config.keephugepages.property.value)
}
