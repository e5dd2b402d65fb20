# METADATA
# scope: package
# title: Mounts and swap of fstab
# description: |
#  Takes over the mounts beside the root with their options, and swap on
#  devices. Mounts over the network never hold up the boot. Root, boot
#  partition and what the kernel mounts itself have rules of their own.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=fileSystems
#   - https://search.nixos.org/options?query=swapDevices
package rules.storage.fstab

import data.lib.mounts

settings contains {"at": [entry.at], "option": ["fileSystems", entry.file, name], "value": value} if {
	some entry in mounts.taken
	some name, value in {"device": entry.device, "fsType": entry.type, "options": entry.options}
}

settings contains {"at": [s.at], "option": ["swapDevices"], "value": [s.value]} if some s in mounts.swaps

carries contains {"at": [c.at], "path": c.path, "to": c.path, "mode": "0600", "secret": true} if some c in mounts.credentials

# mount finds its helper among the programs of the system.
settings contains {"at": [entry.at], "option": ["environment", "systemPackages"], "value": [{"_ref": ["pkgs", "mergerfs"]}]} if {
	some entry in mounts.taken
	mounts.pooled(entry.type)
}
