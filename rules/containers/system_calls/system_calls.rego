# METADATA
# scope: package
# title: Containers may mount or make devices only with PVE's helper
# description: |
#  {vmids} have the feature mount or mknod. For unprivileged containers PVE lets
#  pve-lxc-syscalld answer these system calls, and for privileged ones it writes an
#  AppArmor rule. Neither exists on NixOS: mount and mknod fail inside.
# custom:
#  id: PVE-CT-008
#  kind: gap
#  category: feature
#  severity: major
#  component: pve-lxc-syscalld
#  account: lost
#  workaround: |
#   Mount the share on the host (fileSystems) and hand it in as a mount point, and
#   pass device nodes with devN instead of making them inside.
#  test:
#   before: |
#    `pct exec VMID -- findmnt -t nfs,nfs4,cifs` on PVE prints the share for
#    {vmids}.
#   after: |
#    `lxc-attach -n VMID -- ls PATH` on the trial system lists the files of the
#    share, and `journalctl -b` inside has no failed mount unit.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_options
#   - https://git.proxmox.com/?p=pve-lxc-syscalld.git
package rules.containers.system_calls

import data.lib.facts
import data.lib.pve

_features[vmid] := g.config.features.at if {
	some vmid, g in pve.containers
	some f in g.config.features.property.fields
	_asks(f)
}

_asks(f) if {
	f.name == "mount"
	f.value != ""
}

_asks(f) if {
	f.name == "mknod"
	facts.truthy(f.value)
}

findings contains {"at": sort(array.concat([at | some at in _features], _helper)), "vars": {"vmids": pve.numbers(object.keys(_features))}} if count(_features) > 0

_helper := array.concat(
	[facts.packages[name].at | some name in ["pve-lxc-syscalld"]],
	[facts.units[unit].at | some unit in ["pve-lxc-syscalld.service"]],
)
