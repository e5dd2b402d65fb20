# METADATA
# scope: package
# title: Huge pages of 1 GiB are not reserved at boot
# description: |
#  {vmids} are backed by huge pages of 1 GiB, but the kernel command line reserves none. PVE asks
#  the kernel for them when the VM starts, which succeeds only while whole gigabytes of memory are
#  free in one piece. The new system uses memory in another order, and the VM does not start.
# custom:
#  id: PVE-VM-010
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: huge pages of VMs
#  equivalent: boot.kernelParams
#  account: review
#  workaround: |
#   Reserve them with boot.kernelParams = [ "default_hugepagesz=1G" "hugepagesz=1G" "hugepages=N" ],
#   N being the memory of all these VMs in GiB. Or use pages of 2 MiB (`qm set VMID --hugepages 2`).
#  test:
#   before: |
#    `grep HugePages_Total /proc/meminfo` on PVE after a reboot with the VMs
#    off prints 0.
#   after: |
#    `cat /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages` on the trial system prints
#    N, and {vmids} start.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
#   - https://docs.kernel.org/admin-guide/mm/hugetlbpage.html
package rules.guests.huge_pages

import data.lib.facts
import data.lib.pve

findings contains {"at": sort([g.config.hugepages.at | some g in pve.huge]), "vars": {"vmids": pve.numbers(object.keys(pve.huge))}} if {
	"system.boot" in facts.known
	count(pve.huge) > 0
	not pve.huge_reserved
}
