# METADATA
# scope: package
# title: "Programs of the host run when containers start: {hooks}"
# description: |
#  LXC runs the programs of {hooks} on the host, as root. Their paths are those
#  of Debian or of PVE's root, and so are the interpreter in their first line
#  and what they call: a hook that fails before the start keeps the container
#  down. The lines are left out of its configuration, so it starts without what
#  they set up: devices, routes or mounts.
# custom:
#  id: PVE-CT-022
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: raw LXC configuration
#  account: review
#  workaround: |
#   Read each program. Many hooks of old guides only make /dev/net/tun or bind a
#   GPU, which devN does today: `pct set VMID --dev0 /dev/net/tun`. What is left
#   goes into systemd.services.lxc-VMID.preStart or postStart, with the packages
#   that it needs in path.
#  test:
#   before: |
#    `grep -H lxc.hook /etc/pve/lxc/*.conf` on PVE prints the lines, and `head
#    -1 PROGRAM` an interpreter of Debian.
#   after: |
#    `lxc-start -F -n VMID -l debug` on the trial system reports no failed
#    hook, and what the program sets up is there.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.containers.lxc_hooks

import data.lib.drives
import data.lib.guard
import data.lib.pve

# Values can be secret, so the lines are taken as they are.
_hooks contains {"vmid": vmid, "key": p.key, "at": sprintf("%s/config/%d", [g.at, i])} if {
	some vmid, g in pve.containers
	some i, p in g.guest.config
	startswith(p.key, "lxc.hook.")
	guard.line(p.key)
}

findings contains {"at": sort([h.at | some h in _hooks]), "vars": {"hooks": drives.words(_hooks)}} if count(_hooks) > 0
