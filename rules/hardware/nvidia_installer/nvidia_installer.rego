# METADATA
# scope: package
# title: The NVIDIA driver was put in by its own installer
# description: |
#  DKMS builds nvidia {version}, and no Debian package brought it: it came with NVIDIA's
#  .run file. Containers that use the card hold libraries of exactly this version. NixOS
#  brings the one of its release; a container that is not changed with it prints `Failed to
#  initialize NVML: Driver/library version mismatch`.
# custom:
#  id: PVE-HW-021
#  kind: pitfall
#  category: package
#  severity: minor
#  component: NVIDIA driver
#  equivalent: hardware.nvidia.package
#  account: none
#  workaround: |
#   Set hardware.nvidia.package = config.boot.kernelPackages.nvidiaPackages.mkDriver with
#   version = "{version}" and its hashes, or take the version of the release and install the
#   same .run file with --no-kernel-module in each container.
#  test:
#   before: |
#    `cat /proc/driver/nvidia/version` on PVE prints {version}.
#   after: |
#    It prints the same on the trial system as `nvidia-smi --version` inside each container
#    that has the card.
#  phase: run
#  sources:
#   - https://wiki.nixos.org/wiki/NVIDIA
#   - https://search.nixos.org/options?query=hardware.nvidia.package
#   - https://docs.nvidia.com/deploy/driver-persistence/index.html
package rules.hardware.nvidia_installer

import data.lib.facts

_packaged if {
	some name, _ in facts.packages
	regex.match(`^nvidia(-[a-z0-9]+)*-(dkms|kernel-source|kernel-dkms|open-kernel-dkms)$`, name)
}

findings contains {"at": [sprintf("/hardware/dkms/%d", [i])], "vars": {"version": module.version}} if {
	"packages" in facts.known
	some i, module in input.hardware.dkms
	module.name == "nvidia"
	not _packaged
}
