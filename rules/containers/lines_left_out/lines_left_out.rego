# METADATA
# scope: package
# title: "Lines of containers are left out: {lines}"
# description: |
#  These lines of containers are not in the configuration of LXC: {lines}. They
#  have a name from before LXC 3 that nothing took the place of, name a file or
#  an AppArmor profile of Debian, belong to PVE alone, or hold what such a line cannot hold. LXC of
#  NixOS would refuse the whole configuration over one of them, so the
#  container starts without what they say.
# custom:
#  id: PVE-CT-031
#  kind: gap
#  category: configuration
#  severity: major
#  component: raw LXC configuration
#  equivalent: virtualisation.lxc
#  account: review
#  workaround: |
#   Give the line the name and the path of today on PVE, where that is known
#   (lxc.network.type is lxc.net.0.type), or remove it and see whether the
#   container still does its work. A profile of your own goes into
#   security.apparmor.policies, and its name into the configuration.
#  test:
#   before: |
#    `grep -H '^lxc\.' /etc/pve/lxc/*.conf` on PVE prints the lines.
#   after: |
#    `lxc-info -n VMID -c KEY` on the trial system prints the value that the
#    line had, for each that still matters.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/LXC/Config.pm
package rules.containers.lines_left_out

import data.lib.drives
import data.lib.guard
import data.lib.lxc

# Hooks, files that are included, old control groups and variables have findings of their own.
_spoken_of := `^lxc\.(hook|cgroup|environment)\.|^lxc\.(include|environment)$`

_lines contains {"vmid": vmid, "key": _name(key), "at": line.at} if {
	some vmid, keys in lxc.raw
	some key, lines in keys
	not regex.match(_spoken_of, key)
	some line in lines
	not lxc.handed(key, line.value)
}

# Options whose value LXC would refuse; PVE reads none of these forms either.
_lines contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in lxc.containers
	some key, form in _forms
	p := g.config[key]
	not regex.match(form, p.property.value)
}

_forms := {
	"arch": `^(amd64|arm64|armhf|i386|riscv32|riscv64)$`,
	"cores": `^[1-9][0-9]{0,3}$`,
	"cpulimit": `^[0-9]{1,9}(\.[0-9]{1,6})?$`,
	"cpuunits": `^[0-9]{1,9}$`,
	"hostname": `^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$`,
	"memory": `^[0-9]{1,9}(\.[0-9]{1,6})?$`,
	"swap": `^[0-9]{1,9}(\.[0-9]{1,6})?$`,
	"tty": `^[0-6]$`,
}

_name(key) := key if {
	guard.line(key)
} else := "a line"

findings contains {"at": sort([l.at | some l in _lines]), "vars": {"lines": drives.words(_lines)}} if count(_lines) > 0
