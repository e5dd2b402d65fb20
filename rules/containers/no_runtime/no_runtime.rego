# METADATA
# scope: package
# title: "Containers have no runtime on NixOS: {vmids}"
# description: |
#  The containers {vmids} do not start: proxmox-nixos packages pct, but not what
#  runs a container. There is no pve-container@ unit, no lxcfs, no AppArmor profile
#  and no pve-lxc-syscalld, and its module for them is not imported. PVE also
#  writes the configuration for LXC and files inside the container anew at every
#  start, which nothing else does.
# custom:
#  id: PVE-CT-001
#  kind: gap
#  category: feature
#  severity: critical
#  component: LXC containers
#  equivalent: virtualisation.lxc
#  account: none
#  bridge: container
#  workaround: |
#   The container bridge runs the root file systems with LXC of NixOS; read the
#   other findings about containers before you rely on it. Containers that only
#   exist for one service are better served by a virtual machine or by the NixOS
#   module of that service. Without either, move them to a node that stays on
#   Debian (`pct migrate VMID NODE --restart`).
#  test:
#   before: |
#    `pct list` on PVE prints running for {vmids}.
#   after: |
#    After a reboot of the trial system `lxc-ls -f` prints RUNNING for {vmids},
#    and `ping -c1 ADDRESS` of each gets an answer.
#  phase: boot
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/container.nix
package rules.containers.no_runtime

import data.lib.facts
import data.lib.pve

findings contains {"at": sort([g.at | some g in pve.containers]), "vars": {"vmids": pve.numbers(object.keys(pve.containers))}} if {
	count(pve.containers) > 0
}

bridges contains {"at": sort(array.concat([g.at], _services(vmid))), "bridge": "container", "params": {"vmid": vmid}} if some vmid, g in pve.containers

# The unit of this container, and what every container needs.
_services(vmid) := array.concat(
	[facts.packages[name].at | some name in ["pve-container"]],
	[facts.units[unit].at | some unit in [sprintf("pve-container@%d.service", [vmid]), "pve-container@.service"]],
)
