# METADATA
# scope: package
# title: Containers run containers or need special kernel access
# description: |
#  {vmids} have the features nesting, keyctl, fuse or force_rw_sys, as Docker
#  and systemd inside need them. The configuration has the same AppArmor rules,
#  mounts and filters of system calls as PVE writes, but without PVE's patches
#  of LXC and with AppArmor of another version. What is refused inside fails
#  with "permission denied", often only in one container of Docker.
# custom:
#  id: PVE-CT-009
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: features of containers
#  account: none
#  workaround: |
#   Start the services of each once in the trial, and look for apparmor="DENIED"
#   in `journalctl -k`. What is missing goes into a line lxc.apparmor.raw of the
#   container. A virtual machine is the better home for Docker.
#  test:
#   before: |
#    `pct exec VMID -- systemctl is-system-running` on PVE prints running, and
#    `pct exec VMID -- docker run --rm hello-world` prints Hello from Docker,
#    where Docker is inside.
#   after: |
#    `lxc-attach -n VMID -- systemctl is-system-running` on the trial system
#    prints running for {vmids}, and `docker run --rm hello-world` inside the
#    same greeting.
#  phase: run
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_options
#   - https://git.proxmox.com/?p=lxc.git;a=tree;f=debian/patches
package rules.containers.nesting

import data.lib.facts
import data.lib.pve

_features[vmid] := g.config.features.at if {
	some vmid, g in pve.containers
	some f in g.config.features.property.fields
	f.name in {"force_rw_sys", "fuse", "keyctl", "nesting"}
	facts.truthy(f.value)
}

findings contains {"at": sort([at | some at in _features]), "vars": {"vmids": pve.numbers(object.keys(_features))}} if count(_features) > 0
