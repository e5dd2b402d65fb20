# METADATA
# scope: package
# title: "Container {vmid} maps user ids in its own way"
# description: |
#  {vmid} ({name}) has {count} lines lxc.idmap, so some of its users are not
#  shifted by 100000. The numbers are in the inodes of its volumes, and users
#  of the host with the same numbers share files with it. The map is kept as it
#  is; what has to fit to it are the numbers of users and groups on NixOS,
#  which gives new accounts the next free one.
# custom:
#  id: PVE-CT-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: id map of a container
#  equivalent: users.users.root.subUidRanges
#  account: none
#  workaround: |
#   Give users of the host who share files with the container the numbers that
#   they had (users.users.NAME.uid, users.groups.NAME.gid), and keep root's
#   ranges in users.users.root.subUidRanges and subGidRanges, which newuidmap
#   checks.
#  test:
#   before: |
#    `pct exec {vmid} -- cat /proc/self/uid_map` on PVE prints the map.
#   after: |
#    `cat /proc/self/uid_map` inside the container prints the same map on the
#    trial system, and `find / -xdev -nouser` no more files than before.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Unprivileged_LXC_containers
#   - https://search.nixos.org/options?query=users.users.%3Cname%3E.subUidRanges
package rules.containers.id_maps

import data.lib.pve

_maps[line.vmid] contains line.at if {
	some line in pve.lines
	line.key == "lxc.idmap"
}

findings contains {"at": sort(at), "vars": {"vmid": vmid, "name": pve.name(vmid), "count": count(at)}} if some vmid, at in _maps
