# METADATA
# scope: package
# title: Containers have rules for control groups that are gone
# description: |
#  {vmids} have lines lxc.cgroup.*, the form of version 1. With version 2, the only
#  one on NixOS and PVE 9, LXC passes over them: a limit does not limit, and a
#  device that they allow cannot be opened.
# custom:
#  id: PVE-CT-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: raw LXC configuration
#  account: review
#  workaround: |
#   Remove the lines. Devices become devN (`pct set VMID --dev0 /dev/net/tun`), limits
#   become memory, cores and cpulimit, anything else lxc.cgroup2.*.
#  test:
#   before: |
#    `grep -H 'lxc\.cgroup\.' /etc/pve/lxc/*.conf` on PVE prints lines of
#    {vmids}.
#   after: |
#    `grep -H 'lxc\.cgroup\.' /etc/pve/lxc/*.conf` prints nothing, and `pct
#    exec VMID -- ls -l DEVICE` shows each device that the lines allowed.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_6.x_to_7.0
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html
package rules.containers.old_cgroups

import data.lib.pve

_lines contains line if {
	some line in pve.lines
	startswith(line.key, "lxc.cgroup.")
}

findings contains {"at": sort([line.at | some line in _lines]), "vars": {"vmids": pve.numbers({line.vmid | some line in _lines})}} if count(_lines) > 0
