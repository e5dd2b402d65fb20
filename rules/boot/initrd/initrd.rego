# METADATA
# scope: package
# title: Drivers in the initial RAM disk
# description: |
#  Puts the drivers of this host's disk controllers into the initial RAM
#  disk, so that the new root is found. Where the hardware is not known,
#  those that servers usually have.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.initrd.availableKernelModules
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/installer/tools/nixos-generate-config.pl
package rules.boot.initrd

import data.lib.kernel

settings contains {"at": ["/hardware/modules", "/hardware/pci"], "option": ["boot", "initrd", "availableKernelModules"], "value": kernel.initrd_modules}
