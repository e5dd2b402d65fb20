# METADATA
# scope: package
# title: Containers mount directories of the host
# description: |
#  These containers mount paths of the host: {paths}. The new root has only those
#  of them that are file systems of their own; where a path is missing the
#  container does not start, and where it is empty the service inside begins
#  without its data.
# custom:
#  id: PVE-CT-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: bind mounts of containers
#  equivalent: fileSystems, systemd.tmpfiles.rules
#  account: review
#  workaround: |
#   `findmnt -T PATH` tells for each path what it lies on. What lies on / has to be
#   moved to a storage of its own or copied to the same path of the new root, with
#   the owners kept (`rsync -aHAX --numeric-ids`). Sockets and files that a service
#   of the host makes must be there before the container: order its unit after that
#   service.
#  test:
#   before: |
#    `findmnt -T PATH` on PVE for each of {paths}.
#   after: |
#    On the trial system `ls -ln` of each path shows the same files and
#    owners, inside and outside of the container.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#_bind_mount_points
package rules.containers.host_directories

import data.lib.facts
import data.lib.guard
import data.lib.pve

_binds contains {"vmid": vmid, "path": path, "at": p.at} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^(mp[0-9]+|rootfs)$`, key)
	path := facts.field(p.property, "volume")
	startswith(path, "/")
	not startswith(path, "/dev/")
	guard.line(path)
}

_binds contains {"vmid": line.vmid, "path": path, "at": line.at} if {
	some line in pve.lines
	line.key == "lxc.mount.entry"
	path := regex.split(`[ \t]+`, line.value)[0]
	startswith(path, "/")
	not regex.match(`^/(dev|proc|sys)(/|$)`, path)
	guard.line(path)
}

findings contains {
	"at": sort([b.at | some b in _binds]),
	"vars": {"paths": concat(", ", sort({sprintf("%s (%d)", [b.path, b.vmid]) | some b in _binds}))},
} if {
	count(_binds) > 0
}
