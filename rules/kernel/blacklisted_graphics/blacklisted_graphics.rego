# METADATA
# scope: package
# title: Drivers of the graphics card are kept away although no guest has it
# description: |
#  {lines} keep the driver of {card} from loading, as guides for passthrough say, but no
#  guest of this node has a PCI device of the host. The lines are taken over: on NixOS too
#  the card has no driver, the screen stays at what the firmware set, the card does not save
#  power, and containers get no /dev/dri.
# custom:
#  id: PVE-KRN-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: modprobe.d
#  equivalent: boot.blacklistedKernelModules
#  account: none
#  workaround: |
#   Remove the lines on PVE before the capture, or leave the drivers out of
#   boot.blacklistedKernelModules, unless a guest is to get the card soon.
#  test:
#   before: |
#    `lspci -k -s {card}` on PVE prints no `Kernel driver in use`.
#   after: |
#    It prints one on the trial system, and `ls /dev/dri` shows card0.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/PCI_Passthrough
#   - https://search.nixos.org/options?query=boot.blacklistedKernelModules
package rules.kernel.blacklisted_graphics

import data.lib.facts
import data.lib.kernel

_drivers := {"1002": {"amdgpu", "radeon"}, "10de": {"nouveau", "nvidia", "nvidia_drm"}, "8086": {"i915", "xe"}}

# Cards without a driver, by the drivers that would take them.
_waiting[driver] contains d.address if {
	some d in input.hardware.pci
	startswith(d.class, "03")
	object.get(d, "driver", "") == ""
	some driver in _drivers[d.vendor]
}

_kept_away[i] contains address if {
	some i, p in input.system.modprobe
	["blacklist", name] = split(p.key, " ")
	some address in _waiting[replace(name, "-", "_")]
}

findings contains {"at": sort([sprintf("/system/modprobe/%d", [i]) | some i, _ in _kept_away]), "vars": {
	"lines": concat(", ", sort({input.system.modprobe[i].key | some i, _ in _kept_away})),
	"card": concat(", ", sort({address | some addresses in _kept_away; some address in addresses})),
}} if {
	"guests" in facts.known
	count(_kept_away) > 0
	count(kernel.passthrough) == 0
}
