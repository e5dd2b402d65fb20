# METADATA
# scope: package
# title: The kernel of Proxmox VE as an entry of its own
# description: |
#  Where the owner asks for it, one entry more starts the new root with the kernel that
#  runs now, from its own files. The initial RAM disk is that of NixOS; the modules that
#  its first stage may need are laid over it, and all others are copied to the new root.
#  Parameters that only this kernel knows are on its command line.
# custom:
#  sources:
#   - https://docs.kernel.org/driver-api/early-userspace/buffer-format.html
#   - https://uapi-group.org/specifications/specs/boot_loader_specification/
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/system/boot/kernel.nix
#   - https://github.com/NixOS/nixpkgs/blob/master/pkgs/os-specific/linux/kmod/module-dir.patch
package rules.boot.own_kernel

import data.lib.configfiles
import data.lib.guard
import data.lib.kernel

_version := input.host.kernel if {
	data.answers.bridges.kernel == "yes"
	is_string(input.host.kernel)
	regex.match(`^[0-9]+\.[0-9][A-Za-z0-9.+_~-]{0,62}$`, input.host.kernel)
}

bridges contains {"at": ["/host/kernel"], "bridge": "kernel", "params": {"version": _version}} if _version

# The patch is in the kernel that the entry starts.
bridges contains {"at": sort(_own), "bridge": "kernel", "params": {"version": _version, "closes": ["PVE-HW-003"]}} if {
	_version
	count(_own) > 0
}

_own contains sprintf("/system/boot/kernel_parameters/%d", [i]) if {
	some key, _ in data.catalog.kernel_parameters_of_pve
	some i in kernel.by_key[key]
}

plans contains {"at": ["/host/kernel"], "path": ["kernel", name], "value": value} if {
	_version
	some name, value in {"version": _version, "modules": _modules, "parameters": _parameters}
}

_modules := sort((({m | some m, _ in data.catalog.first_stage_modules} | {m | some m in kernel.initrd_modules; guard.module(m)}) | _asked))

# What the owner had in the initial RAM disk of Proxmox VE.
_asked contains line.key if {
	some line in configfiles.below("/etc/initramfs-tools/modules")
	line.path == "/etc/initramfs-tools/modules"
	guard.module(line.key)
}

# In the order of the command line.
_parameters := [kernel.word(p) |
	some i, p in input.system.boot.kernel_parameters
	sprintf("/system/boot/kernel_parameters/%d", [i]) in _own
	regex.match(`^[A-Za-z0-9_.-]{1,64}(=[A-Za-z0-9_.,:/@+-]{1,255})?$`, kernel.word(p))
]
