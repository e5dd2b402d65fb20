# METADATA
# scope: package
# title: Parameters of the kernel
# description: |
#  Takes over the parameters that mean the same to the kernel of NixOS, in
#  their order: console, IOMMU, huge pages, mitigations, module options.
#  Those that describe PVE's own root or its silence are left to the new
#  system.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.kernelParams
#   - https://docs.kernel.org/admin-guide/kernel-parameters.html
package rules.boot.kernel_parameters

import data.lib.kernel

_kept := [{"at": sprintf("/system/boot/kernel_parameters/%d", [i]), "word": kernel.word(p)} |
	some i, p in input.system.boot.kernel_parameters
	kernel.kept(p.key)
	kernel.word(p)
]

settings contains {"at": sort([k.at | some k in _kept]), "option": ["boot", "kernelParams"], "value": [k.word | some k in _kept]} if {
	count(_kept) > 0
}
