# METADATA
# scope: package
# title: "Variables of containers come from a copy of PVE's file: {lines}"
# description: |
#  {lines} give the first program variables, often passwords and tokens. They
#  are not in the configuration of LXC, because everybody on the host can read
#  the Nix store. The file of the container comes along, readable by root
#  alone, and the unit takes the lines from it at each start. Nothing else of
#  the copy is read: a limit or card that is changed there changes nothing.
# custom:
#  id: PVE-CT-032
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: environment of containers
#  account: none
#  workaround: |
#   Change a variable in the copy, /var/lib/pve2nix/etc/pve/nodes/NODE/lxc/VMID.conf,
#   and start the container anew. Or write lines lxc.environment.runtime =
#   NAME=VALUE into a file *.conf of mode 0600 below /var/lib/lxc/VMID/local.d,
#   and delete the copy.
#  test:
#   before: |
#    `grep -H -E '^(env|lxc.environment)' /etc/pve/lxc/*.conf` on PVE prints the
#    lines.
#   after: |
#    `lxc-info -n VMID -c lxc.environment.runtime` on the trial system prints the
#    names, and the program inside works with its data.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.containers.variables_left_out

import data.lib.drives
import data.lib.lxc

_lines contains {"vmid": vmid, "key": line.key, "at": line.at} if {
	some vmid, lines in lxc.secret
	lxc.variables[vmid]
	some line in lines
}

findings contains {"at": sort([l.at | some l in _lines]), "vars": {"lines": drives.words(_lines)}} if count(_lines) > 0

carries contains {"at": v.at, "path": v.path, "to": v.to, "mode": "0600", "secret": true} if some v in lxc.variables

bridges contains {"at": v.at, "bridge": "container", "params": {"vmid": vmid, "file": v.to}} if some vmid, v in lxc.variables
