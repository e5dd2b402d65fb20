# METADATA
# scope: package
# title: "Variables of containers have to be brought by hand: {lines}"
# description: |
#  {lines} give the first program variables, often passwords and tokens. They
#  are not in the configuration of LXC, because everybody on the host can read
#  the Nix store, nor in any file of the conversion. The program starts
#  without them.
# custom:
#  id: PVE-CT-032
#  kind: gap
#  category: configuration
#  severity: major
#  component: environment of containers
#  account: review
#  workaround: |
#   Copy the lines on the new root into
#   /var/lib/lxc/VMID/local.d/environment.conf with mode 0600; the configuration
#   reads each file *.conf there. They are named as before (lxc.environment),
#   and each variable of env becomes a line lxc.environment.runtime =
#   NAME=VALUE.
#  test:
#   before: |
#    `grep -H -E '^(env|lxc.environment)' /etc/pve/lxc/*.conf` on PVE prints the
#    lines.
#   after: |
#    `lxc-info -n VMID -c lxc.environment` on the trial system prints the
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
	some line in lines
}

findings contains {"at": sort([l.at | some l in _lines]), "vars": {"lines": drives.words(_lines)}} if count(_lines) > 0
