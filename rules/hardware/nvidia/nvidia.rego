# METADATA
# scope: package
# title: The NVIDIA driver of the host
# description: |
#  The module nvidia is loaded here, for containers or for virtual graphics
#  cards. It is not free and has to match the libraries inside the
#  containers to the digit; NixOS brings another version, and the host
#  driver for vGPU is not packaged at all.
# custom:
#  id: PVE-HW-005
#  kind: gap
#  category: package
#  severity: major
#  component: NVIDIA driver
#  equivalent: hardware.nvidia, services.xserver.videoDrivers
#  account: none
#  workaround: |
#   Set nixpkgs.config.allowUnfree, services.xserver.videoDrivers = [
#   "nvidia" ] and hardware.nvidia.package to the version that the
#   containers have, or update their libraries to that of NixOS. With vGPU
#   keep the guests on a PVE node.
#  test:
#   before: |
#    `nvidia-smi` on PVE prints the driver version.
#   after: |
#    `nvidia-smi` prints the same version on the trial system and inside each container that
#    uses the card.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=hardware.nvidia
#   - https://pve.proxmox.com/wiki/NVIDIA_vGPU_on_Proxmox_VE
package rules.hardware.nvidia

import data.lib.facts

findings contains {"at": ["/hardware/modules"], "vars": {"vgpu": vgpu}} if {
	"nvidia" in input.hardware.modules
	vgpu := count(facts.in_use & {"nvidia-vgpud.service", "nvidia-vgpu-mgr.service"}) > 0
}
