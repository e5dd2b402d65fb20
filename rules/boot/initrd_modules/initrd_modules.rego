# METADATA
# scope: package
# title: Modules that the initial RAM disk loads
# description: |
#  Modules of /etc/initramfs-tools/modules without parameters that the host has loaded
#  are loaded there on NixOS as well.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.initrd.kernelModules
#   - https://manpages.debian.org/stable/initramfs-tools-core/initramfs-tools.7.en.html
package rules.boot.initrd_modules

import data.lib.configfiles
import data.lib.guard

_loaded contains replace(m, "-", "_") if some m in input.hardware.modules

settings contains {"at": [line.at], "option": ["boot", "initrd", "kernelModules"], "value": [line.key]} if {
	some line in configfiles.below("/etc/initramfs-tools/modules")
	line.path == "/etc/initramfs-tools/modules"
	line.value == ""
	guard.module(line.key)
	replace(line.key, "-", "_") in _loaded
}
