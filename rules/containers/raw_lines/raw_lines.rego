# METADATA
# scope: package
# title: Containers have lines for LXC itself
# description: |
#  PVE hands these lines to its patched LXC untouched, and LXC of NixOS reads
#  them, too: {lines}. They come after all others, so that they take the place
#  of what PVE's own options say. Some widen what the container may do, and
#  some were written for a path, a profile or a version of LXC that is not the
#  one of NixOS.
# custom:
#  id: PVE-CT-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: raw LXC configuration
#  equivalent: virtualisation.lxc
#  account: review
#  workaround: |
#   Ask of each line why it is there; many were written before PVE had an option
#   for it (features, devN, mpN). lxc.cap.drop with no value gives the container
#   all capabilities, so name those that it needs instead.
#  test:
#   before: |
#    `grep lxc\. /etc/pve/lxc/VMID.conf` shows the lines.
#   after: |
#    `lxc-start -F -n VMID` on the trial system reports no configuration
#    error, and the service inside works.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.containers.raw_lines

import data.lib.lxc
import data.lib.pve

# Lines that have findings of their own.
_spoken_of := `^lxc\.(idmap|mount|hook|include|cgroup|environment|init\.|signal\.)|^lxc\.cgroup2\.devices\.`

_lines contains line if {
	some line in pve.lines
	startswith(line.key, "lxc.")
	not regex.match(_spoken_of, line.key)
	lxc.handed(line.key, line.value)
}

_lines contains line if {
	some line in pve.lines
	startswith(line.key, "lxc.cgroup2.")
	not startswith(line.key, "lxc.cgroup2.devices.")
	lxc.handed(line.key, line.value)
}

findings contains {
	"at": sort([line.at | some line in _lines]),
	"vars": {"lines": concat(", ", sort({sprintf("%s (%d)", [line.key, line.vmid]) | some line in _lines}))},
} if {
	count(_lines) > 0
}
