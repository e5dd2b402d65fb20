# METADATA
# scope: package
# title: Microcode and firmware
# description: |
#  Switches on the firmware that drivers load and the microcode of the
#  processor's vendor, as PVE has them with pve-firmware and the microcode
#  packages.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=hardware.enableRedistributableFirmware
#   - https://search.nixos.org/options?query=updateMicrocode
package rules.hardware.firmware

_vendors := {"AuthenticAMD": "amd", "GenuineIntel": "intel"}

# A virtual machine gets the microcode of its host.
_virtual if {
	kind := input.host.virtualization
	not kind in {"", "none"}
}

settings contains {"at": ["/hardware"], "option": ["hardware", "enableRedistributableFirmware"], "value": true}

settings contains {"at": ["/hardware/cpu/vendor"], "option": ["hardware", "cpu", _vendors[input.hardware.cpu.vendor], "updateMicrocode"], "value": true} if {
	not _virtual
}
