# METADATA
# scope: package
# title: Guests use devices of the host and the IOMMU is off
# description: |
#  The guests {guests} have PCI devices of the host in their configuration,
#  and the running kernel has no IOMMU group. They do not start here, and
#  will not on NixOS: the firmware or the command line has the IOMMU
#  switched off.
# custom:
#  id: PVE-HW-001
#  kind: pitfall
#  category: feature
#  severity: major
#  component: PCI passthrough
#  equivalent: boot.kernelParams
#  account: none
#  workaround: |
#   Switch VT-d or AMD-Vi on in the firmware, add intel_iommu=on on Intel,
#   and check before the conversion that the guests start on PVE.
#  test:
#   before: |
#    `ls /sys/kernel/iommu_groups | wc -l` prints 0.
#   after: |
#    `ls /sys/kernel/iommu_groups | wc -l` prints a number above 0 on both systems, and the
#    guests start.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rules.hardware.iommu_off

import data.lib.facts
import data.lib.kernel

findings contains {"at": at, "vars": {"guests": concat(", ", sort({format_int(p.vmid, 10) | some p in kernel.passthrough}))}} if {
	"hardware.iommu" in facts.known
	input.hardware.iommu_groups == 0
	at := sort([p.at | some p in kernel.passthrough])
	count(at) > 0
}
