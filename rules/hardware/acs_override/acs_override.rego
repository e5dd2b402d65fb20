# METADATA
# scope: package
# title: PVE's patch that splits IOMMU groups is not in the kernel of NixOS
# description: |
#  pcie_acs_override is on the command line. Only PVE's kernel has the patch
#  behind it; the kernel of NixOS ignores the word. Devices that were alone
#  in their group share it again, and a guest with one of them does not
#  start unless all of the group are given to it.
# custom:
#  id: PVE-HW-003
#  kind: gap
#  category: feature
#  severity: major
#  component: pcie_acs_override
#  account: lost
#  workaround: |
#   Compare the groups without the word first (`for d in
#   /sys/kernel/iommu_groups/*/devices/*; do echo $d; done`). Move the card
#   to another slot, give the whole group to the guest, add the patch with
#   boot.kernelPatches and build the kernel yourself, or answer `bridges: {kernel: "yes"}`
#   and start NixOS with the kernel of Proxmox VE.
#  test:
#   before: |
#    `for d in /sys/kernel/iommu_groups/*/devices/*; do echo $d; done` on PVE prints each
#    device with its group.
#   after: |
#    `for d in /sys/kernel/iommu_groups/*/devices/*; do echo $d; done` on the trial system
#    prints every device that a guest uses in a group without devices of the host, and the
#    guest starts.
#  phase: boot
#  sources:
#   - https://git.proxmox.com/?p=pve-kernel.git
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
package rules.hardware.acs_override

import data.lib.kernel

findings contains {"at": at, "vars": {"guests": count(kernel.passthrough)}} if {
	at := sort([sprintf("/system/boot/kernel_parameters/%d", [i]) | some i in kernel.by_key.pcie_acs_override])
	count(at) > 0
}
