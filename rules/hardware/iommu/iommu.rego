# METADATA
# scope: package
# title: The IOMMU stays on for passthrough
# description: |
#  PVE's kernel switches the IOMMU of Intel processors on by default; the
#  kernel of NixOS does not. Where the IOMMU is on and guests use devices of
#  the host, the parameter is added.
# custom:
#  sources:
#   - https://docs.kernel.org/admin-guide/kernel-parameters.html
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.hardware.iommu

import data.lib.kernel

settings contains {"at": sort([p.at | some p in kernel.passthrough]), "option": ["boot", "kernelParams"], "value": ["intel_iommu=on"]} if {
	count(kernel.passthrough) > 0
	input.hardware.iommu_groups > 0
	input.hardware.cpu.vendor == "GenuineIntel"
	not kernel.by_key.intel_iommu
}
