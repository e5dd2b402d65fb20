# METADATA
# scope: package
# title: "Container {vmid} maps user ids in its own way"
# description: |
#  {vmid} ({name}) has {count} lines lxc.idmap, so some of its users are not
#  shifted by 100000. The numbers are in the inodes of its volumes: under another
#  map its files belong to nobody, and services inside fail or lose access. LXC
#  refuses the map unless root may use each range in /etc/subuid and /etc/subgid.
# custom:
#  id: PVE-CT-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: id map of a container
#  equivalent: users.users.root.subUidRanges
#  account: review
#  bridge: container
#  workaround: |
#   Keep the lines as they are, and give root the same ranges on NixOS with
#   users.users.root.subUidRanges and subGidRanges. Check that users of the host
#   who share files with the container keep their numbers
#   (users.users.NAME.uid).
#  test:
#   before: |
#    `lxc-info -n {vmid} -c lxc.idmap` on PVE prints the map.
#   after: |
#    The same command prints the same map on the trial system, and `find /
#    -xdev -nouser` inside the container finds no more files than before.
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
