# METADATA
# scope: package
# title: Containers do not say which system they hold
# description: |
#  {vmids} have no ostype. PVE looks into their root at every start and
#  guesses, to know whether to write ifupdown, netplan or networkd files.
#  Nobody knows without a start which files inside PVE has been writing and
#  which belong to the container, and the checks before an upgrade to PVE 8 and
#  9 warn of it too.
# custom:
#  id: PVE-CT-023
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: ostype of containers
#  account: none
#  workaround: |
#   Look into the root (`pct exec VMID -- cat /etc/os-release`) and write it
#   down: `pct set VMID --ostype debian`, or unmanaged where the container
#   configures itself. Start it once on PVE so that its files are as PVE writes
#   them last.
#  test:
#   before: |
#    `pct config VMID | grep ostype` on PVE prints nothing for {vmids}.
#   after: |
#    `pct config VMID | grep ostype` prints the system, and the container has
#    its address after a restart.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.containers.no_ostype

import data.lib.pve

_containers[vmid] := g.at if {
	some vmid, g in pve.containers
	g.config.rootfs
	not g.config.ostype
}

findings contains {"at": sort([at | some at in _containers]), "vars": {"vmids": pve.numbers(object.keys(_containers))}} if count(_containers) > 0
