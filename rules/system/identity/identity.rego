# METADATA
# scope: package
# title: Name, platform and release of the host
# description: |
#  Takes over the host name, which is the PVE node name, and the domain, and
#  fixes the platform and the state version that NixOS modules ask for.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.hostName
#   - https://pve.proxmox.com/wiki/Renaming_a_PVE_node
package rules.system.identity

import data.lib.guard
import data.lib.release

settings contains {"at": ["/host/name"], "option": ["networking", "hostName"], "value": input.host.name} if {
	guard.host_label(input.host.name)
}

settings contains {"at": ["/host/domain"], "option": ["networking", "domain"], "value": input.host.domain} if {
	guard.domain(input.host.domain)
}

settings contains {"at": ["/host/os"], "option": ["system", "stateVersion"], "value": release.current}

settings contains {"at": ["/host/arch"], "option": ["nixpkgs", "hostPlatform"], "value": _platform}

default _platform := "x86_64-linux"

_platform := "aarch64-linux" if input.host.arch == "aarch64"
