# METADATA
# scope: package
# title: Mount points of containers
# description: |
#  Hands the volumes and directories in that the unit of the container has
#  mounted beside its root. LXC makes the places inside where they are
#  missing, and follows no link that somebody inside has laid.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_mount_points
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.lxc_mounts

import data.lib.facts
import data.lib.lxc

parts contains {"at": at, "document": lxc.document(vmid), "path": ["lxc.mount.entry"], "value": lines} if {
	some vmid, volumes in lxc.volumes
	points := sort([[_place(vmid, key), key] | some key, _ in volumes; key != "rootfs"])
	points != []
	at := [volumes[p[1]].at | some p in points]
	lines := [sprintf("%s %s none bind,%screate=dir 0 0", [volumes[p[1]].target, trim(p[0], "/"), _read_only(vmid, p[1])]) | some p in points]
}

# Sorted by place, so that one below another comes after it.
_place(vmid, key) := facts.field(lxc.containers[vmid].config[key].property, "mp")

_read_only(vmid, key) := "ro," if {
	facts.truthy(facts.field(lxc.containers[vmid].config[key].property, "ro"))
} else := ""
