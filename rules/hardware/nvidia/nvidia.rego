# METADATA
# scope: package
# title: The NVIDIA driver of the host
# description: |
#  The module nvidia ({version}) is at work here, for containers or for
#  virtual graphics cards. It is not free and has to match the libraries
#  inside the containers to the digit; NixOS brings another version, and a
#  container that is not changed with it prints `Failed to initialize NVML:
#  Driver/library version mismatch`. The host driver for vGPU is not packaged
#  at all.
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
#   containers have (config.boot.kernelPackages.nvidiaPackages.mkDriver with
#   version and hashes makes any), or update their libraries to that of NixOS:
#   the same .run file with --no-kernel-module in each container. With vGPU
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

_at contains "/hardware/modules" if "nvidia" in input.hardware.modules

# A host that is off has nothing loaded; what was built for its kernels tells.
_at contains sprintf("/hardware/dkms/%d", [i]) if {
	some i in _built
	_loaded
}

_loaded if "nvidia" in input.hardware.modules

_loaded if not "hardware.modules" in facts.known

_built contains i if {
	some i, module in input.hardware.dkms
	module.name == "nvidia"
}

_versions := {input.hardware.dkms[i].version | some i in _built}

_version := concat(", ", sort(_versions)) if {
	count(_versions) > 0
} else := "its version is not known"

findings contains {"at": sort(_at), "vars": {"version": _version, "vgpu": vgpu}} if {
	count(_at) > 0
	vgpu := count(facts.in_use & {"nvidia-vgpud.service", "nvidia-vgpu-mgr.service"}) > 0
}
