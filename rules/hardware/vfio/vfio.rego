# METADATA
# scope: package
# title: Devices must be bound to vfio-pci before their own driver loads
# description: |
#  modprobe.d gives the devices {ids} to vfio-pci. On PVE the initial RAM
#  disk does this before any graphics or network driver loads. In NixOS the
#  initial RAM disk is another one; when the driver of the card is first,
#  the guest does not start, or the host loses its console in the middle of
#  the boot.
# custom:
#  id: PVE-HW-002
#  kind: pitfall
#  category: feature
#  severity: major
#  component: vfio-pci
#  equivalent: boot.initrd.kernelModules
#  account: none
#  workaround: |
#   The modules are put into the initial RAM disk first. Make sure that no
#   other option loads the card's driver there (boot.initrd.kernelModules,
#   hardware.graphics), and that the ids are not those of the only graphics
#   or network card.
#  test:
#   before: |
#    `lspci -nnk -d ID` on PVE shows `Kernel driver in use: vfio-pci`.
#   after: |
#    `lspci -nnk -d ID` on the trial system shows `Kernel driver in use: vfio-pci` for each
#    of {ids}, and the guests start.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://search.nixos.org/options?query=boot.initrd.kernelModules
package rules.hardware.vfio

_lines[i] := ids if {
	some i, p in input.system.modprobe
	p.key in {"options vfio-pci", "options vfio_pci"}
	found := regex.find_n(`(^| )ids=[0-9A-Fa-f:,]+`, p.value, 1)
	ids := regex.replace(found[0], `^ ?ids=`, "")
}

_cmdline[i] := p.value if {
	some i, p in input.system.boot.kernel_parameters
	p.key in {"vfio-pci.ids", "vfio_pci.ids"}
}

_at := array.concat(
	[sprintf("/system/boot/kernel_parameters/%d", [i]) | some i, _ in _cmdline],
	[sprintf("/system/modprobe/%d", [i]) | some i, _ in _lines],
)

findings contains {"at": _at, "vars": {"ids": concat(", ", sort([ids | some ids in array.concat([x | some x in _lines], [x | some x in _cmdline])]))}} if {
	count(_at) > 0
}

# modprobe.d is part of the initial RAM disk, so the options hold there as well.
settings contains {"at": _at, "option": ["boot", "initrd", "kernelModules"], "value": ["vfio_pci", "vfio", "vfio_iommu_type1"]} if {
	count(_at) > 0
}
