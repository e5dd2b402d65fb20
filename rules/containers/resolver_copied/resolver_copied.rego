# METADATA
# scope: package
# title: Containers keep the name servers that the host has now
# description: |
#  {vmids} have no name server of their own. At each start PVE writes those of
#  the host into their /etc/resolv.conf. On NixOS nobody does: they keep what
#  the last start under PVE has left, also when the name servers of the network
#  move, and a container that is restored or made anew has none.
# custom:
#  id: PVE-CT-025
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: DNS of containers
#  account: none
#  workaround: |
#   Write the servers into the containers themselves, by DHCP or in their own
#   network configuration, before the conversion. An empty file
#   /etc/.pve-ignore.resolv.conf inside keeps PVE from writing over it until
#   then.
#  test:
#   before: |
#    `pct exec VMID -- cat /etc/resolv.conf` on PVE prints the servers of the
#    host between marks of PVE.
#   after: |
#    `cat /etc/resolv.conf` inside prints no marks of PVE on the trial system,
#    and `getent hosts nixos.org` inside prints an address.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_guest_operating_system_configuration
package rules.containers.resolver_copied

import data.lib.pve

_containers[vmid] := g.at if {
	some vmid, g in pve.containers
	g.config.rootfs
	not g.config.nameserver
	not g.config.ostype.property.value == "unmanaged"
}

findings contains {"at": sort([at | some at in _containers]), "vars": {"vmids": pve.numbers(object.keys(_containers))}} if count(_containers) > 0
