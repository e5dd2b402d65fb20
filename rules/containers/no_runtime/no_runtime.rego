# METADATA
# scope: package
# title: "Containers run without PVE: {vmids}"
# description: |
#  The containers {vmids} run from a configuration of LXC that is as PVE writes it, started
#  by units lxc-VMID. Nothing on NixOS runs them as PVE does, not even where PVE's web
#  interface and pct stay. The configuration is part of the system: what is changed below
#  /etc/pve/lxc does not reach it, nothing writes addresses, name servers or gettys into the
#  container at its start, and neither backup jobs nor HA of PVE know of it. Where there is
#  pct, `pct start` would put a configuration of PVE in its place.
# custom:
#  id: PVE-CT-001
#  kind: pitfall
#  category: feature
#  severity: major
#  component: LXC containers
#  equivalent: virtualisation.lxc, systemd.services
#  account: none
#  workaround: |
#   Change a container where it is defined, in containers/VMID.conf, and
#   rebuild; use `systemctl start lxc-VMID`, `lxc-attach -n VMID` and `lxc-stop
#   -n VMID` in place of pct. Restart each container once on PVE right before
#   the conversion, so that its files are those of its configuration. PVE and
#   NixOS use the same volumes and are never up at once: do not run both roots
#   on two machines that share the disks.
#  test:
#   before: |
#    `pct list` on PVE prints running for {vmids}.
#   after: |
#    After a reboot of the trial system `lxc-ls -f` prints RUNNING for those with
#    onboot, and `ping -c1 ADDRESS` of each gets an answer.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/container.nix
#   - https://search.nixos.org/options?query=virtualisation.lxc
package rules.containers.no_runtime

import data.lib.pve

findings contains {"at": sort([g.at | some g in pve.containers]), "vars": {"vmids": pve.numbers(object.keys(pve.containers))}} if {
	count(pve.containers) > 0
}
