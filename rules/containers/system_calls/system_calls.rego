# METADATA
# scope: package
# title: Containers may make devices only with PVE's helper
# description: |
#  {vmids} are unprivileged and have the feature mknod. PVE lets
#  pve-lxc-syscalld answer this system call, and NixOS has no such daemon:
#  mknod fails inside, and what unpacks or installs device nodes stops with it.
# custom:
#  id: PVE-CT-008
#  kind: gap
#  category: feature
#  severity: major
#  component: pve-lxc-syscalld
#  account: lost
#  workaround: |
#   Pass device nodes with devN instead of making them inside, or run what makes
#   them in a virtual machine.
#  test:
#   before: |
#    `pct exec VMID -- mknod /tmp/null c 1 3` on PVE prints nothing for {vmids}.
#   after: |
#    `lxc-attach -n VMID -- ls -l DEVICE` on the trial system prints each node
#    that the programs inside need.
#  phase: run
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_options
#   - https://git.proxmox.com/?p=pve-lxc-syscalld.git
package rules.containers.system_calls

import data.lib.facts
import data.lib.pve

_features[vmid] := g.config.features.at if {
	some vmid, g in pve.containers
	facts.truthy(g.config.unprivileged.property.value)
	some f in g.config.features.property.fields
	_asks(f)
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
